package org.wengert.core.program;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.scalar.Relation;

/**
 * Programs as bytes, exactly: constants by their bits, rows by their names.
 *
 * <pre>
 * "WNGT"  version (1 byte, now 1)
 * inputs n, one byte each: 1 uniform, 0 varying
 * constants, 8 bytes each
 * rows: name (modified UTF-8) and number of operands (0 for any number)
 * operations: row, operands; for a row of any number of operands, their count first
 * outputs
 * guards: left, relation (the name in {@link Relation}), right, outcome (1 byte)
 * </pre>
 *
 * Each group is preceded by its size. Sizes, rows and operands are unsigned numbers of 7 bits a byte, the lowest
 * first; operands are written as the distance back from the operation, which keeps most at one byte.
 */
final class ProgramFormat {

    private static final int MAGIC = 'W' << 24 | 'N' << 16 | 'G' << 8 | 'T';
    private static final int VERSION = 1;

    private ProgramFormat() {}

    static void write(Program p, OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        out.writeByte(VERSION);
        writeNumber(out, p.inputs());
        for (int i = 0; i < p.inputs(); i++) {
            out.writeBoolean(p.isUniform(i));
        }
        writeNumber(out, p.constants());
        for (int v = p.inputs(); v < p.firstOperation(); v++) {
            out.writeLong(Double.doubleToLongBits(p.constant(v)));
        }
        writeNumber(out, p.rows().size());
        for (Elementary row : p.rows()) {
            out.writeUTF(row.name());
            writeNumber(out, operands(row));
        }
        writeNumber(out, p.operations());
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            writeNumber(out, p.rowIndex(v));
            int n = p.operandCount(v);
            if (operands(p.row(v)) == 0) {
                writeNumber(out, n);
            }
            for (int i = 0; i < n; i++) {
                writeNumber(out, v - p.operand(v, i));
            }
        }
        writeNumber(out, p.outputs());
        for (int i = 0; i < p.outputs(); i++) {
            writeNumber(out, p.output(i));
        }
        writeNumber(out, p.guards().size());
        for (Guard g : p.guards()) {
            writeNumber(out, g.left());
            out.writeUTF(g.relation().name());
            writeNumber(out, g.right());
            out.writeBoolean(g.outcome());
        }
        out.flush();
    }

    static Program read(InputStream stream, Function<String, @Nullable Elementary> more) throws IOException {
        var in = new DataInputStream(stream);
        if (in.readInt() != MAGIC) {
            throw new IOException("not a program: the first four bytes are not WNGT");
        }
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("the program is of version " + version + ", but only version " + VERSION + " is known");
        }
        var g = new ProgramBuilder();
        List<Integer> nodes = new ArrayList<>();
        for (int i = readNumber(in); i > 0; i--) {
            nodes.add(g.input(in.readBoolean()));
        }
        for (int i = readNumber(in); i > 0; i--) {
            nodes.add(g.constant(Double.longBitsToDouble(in.readLong())));
        }
        List<Elementary> rows = new ArrayList<>();
        for (int i = readNumber(in); i > 0; i--) {
            rows.add(row(in.readUTF(), readNumber(in), more));
        }
        for (int i = readNumber(in); i > 0; i--) {
            Elementary row = rows.get(below(readNumber(in), rows.size(), "row"));
            int[] operands = new int[operands(row) == 0 ? readNumber(in) : operands(row)];
            for (int k = 0; k < operands.length; k++) {
                operands[k] = nodes.get(below(nodes.size() - readNumber(in), nodes.size(), "operand"));
            }
            nodes.add(g.apply(row, operands));
        }
        int[] outputs = new int[readNumber(in)];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = nodes.get(below(readNumber(in), nodes.size(), "output"));
        }
        for (int i = readNumber(in); i > 0; i--) {
            int left = nodes.get(below(readNumber(in), nodes.size(), "node of a guard"));
            Relation relation = relation(in.readUTF());
            int right = nodes.get(below(readNumber(in), nodes.size(), "node of a guard"));
            g.guard(left, relation, right, in.readBoolean());
        }
        return g.build(outputs);
    }

    /** The number of operands of a row; 0 if it takes any number. */
    private static int operands(Elementary row) {
        return RowTable.kind(row) < RowTable.NARY ? RowTable.kind(row)
                : Math.max(0, ((Nary) row).arity());
    }

    private static Elementary row(String name, int operands, Function<String, @Nullable Elementary> more)
            throws IOException {
        Elementary row = more.apply(name);
        if (row == null) {
            row = ElementaryTable.row(name).orElse(null);
        }
        if (row == null) {
            throw new IOException("the program applies a row '" + name + "', which is neither in the table nor given");
        }
        if (operands(row) != operands) {
            throw new IOException("row '" + name + "' takes " + operands(row) + " operands here, but "
                    + operands + " in the program (0 stands for any number)");
        }
        return row;
    }

    private static Relation relation(String name) throws IOException {
        for (Relation relation : Relation.values()) {
            if (relation.name().equals(name)) {
                return relation;
            }
        }
        throw new IOException("damaged program: no relation is called '" + name + "'");
    }

    private static int below(int i, int bound, String what) throws IOException {
        if (i < 0 || i >= bound) {
            throw new IOException("damaged program: " + what + " " + i + " of " + bound);
        }
        return i;
    }

    private static void writeNumber(DataOutputStream out, int n) throws IOException {
        int rest = n;
        while (rest >= 0x80) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int readNumber(DataInputStream in) throws IOException {
        long n = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = in.readUnsignedByte();
            n |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                if (n > Integer.MAX_VALUE) {
                    break;
                }
                return (int) n;
            }
        }
        throw new IOException("damaged program: a number of more than 31 bits");
    }
}
