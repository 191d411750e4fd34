package org.wengert.core.program;

/** Programs for people to look at: a listing and a graph. */
final class ProgramText {

    private ProgramText() {}

    /** How a listing calls a node: x0, x1, … for inputs, the number itself for constants, v17 for operations. */
    static String name(Program p, int v) {
        return p.isInput(v) ? "x" + v : p.isConstant(v) ? Double.toString(p.constant(v)) : "v" + v;
    }

    static String guard(Program p, Guard g) {
        String question = name(p, g.left()) + " " + g.relation() + " " + name(p, g.right());
        return g.outcome() ? question : "not " + question;
    }

    static String listing(Program p) {
        var text = new StringBuilder().append(p).append('\n');
        for (int i = 0; i < p.inputs(); i++) {
            text.append("  ").append(name(p, i)).append(p.isUniform(i) ? "  uniform input\n" : "  input\n");
        }
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            text.append("  ").append(name(p, v)).append(" = ").append(p.row(v).name()).append('(');
            for (int i = 0; i < p.operandCount(v); i++) {
                text.append(i == 0 ? "" : ", ").append(name(p, p.operand(v, i)));
            }
            text.append(v < p.firstVarying() ? ")  uniform\n" : ")\n");
        }
        for (Guard g : p.guards()) {
            text.append("  right where ").append(guard(p, g)).append('\n');
        }
        for (int i = 0; i < p.outputs(); i++) {
            text.append("  output ").append(i).append(": ").append(name(p, p.output(i))).append('\n');
        }
        return text.toString();
    }

    static String dot(Program p) {
        var text = new StringBuilder("digraph program {\n  rankdir=BT;\n  node [fontname=\"sans-serif\"];\n");
        for (int v = 0; v < p.nodes(); v++) {
            String shape = p.isInput(v) ? "box" : p.isConstant(v) ? "plaintext" : "ellipse";
            String label = p.isOperation(v) ? p.row(v).name() : name(p, v);
            text.append("  n").append(v).append(" [shape=").append(shape).append(", label=\"").append(label)
                    .append(p.isUniform(v) && !p.isConstant(v) ? "\", style=dashed];\n" : "\"];\n");
            for (int i = 0; i < p.operandCount(v); i++) {
                text.append("  n").append(p.operand(v, i)).append(" -> n").append(v).append(";\n");
            }
        }
        for (int i = 0; i < p.outputs(); i++) {
            text.append("  out").append(i).append(" [shape=box, peripheries=2, label=\"output ").append(i)
                    .append("\"];\n  n").append(p.output(i)).append(" -> out").append(i).append(";\n");
        }
        int number = 0;
        for (Guard g : p.guards()) {
            text.append("  guard").append(number).append(" [shape=diamond, label=\"").append(guard(p, g))
                    .append("\"];\n  n").append(g.left()).append(" -> guard").append(number)
                    .append(";\n  n").append(g.right()).append(" -> guard").append(number++).append(";\n");
        }
        return text.append("}\n").toString();
    }
}
