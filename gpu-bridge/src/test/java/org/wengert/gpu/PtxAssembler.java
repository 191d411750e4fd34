package org.wengert.gpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the body of one function, statement by statement. */
final class PtxAssembler {

    /** What registers hold that nothing was written to: as floating-point numbers, NaN. */
    private static final long UNWRITTEN = 0xfff8_dead_fff8_deadL;

    private static final Map<String, Integer> SPECIAL = Map.of("%tid.x", PtxOps.TID, "%ntid.x", PtxOps.NTID,
            "%ctaid.x", PtxOps.CTAID, "%nctaid.x", PtxOps.NCTAID, "%tid.y", PtxOps.ZERO, "%tid.z", PtxOps.ZERO,
            "%ctaid.y", PtxOps.ZERO, "%ctaid.z", PtxOps.ZERO);

    private static final Map<String, Integer> SPACES =
            Map.of("global", PtxFunction.GLOBAL, "shared", PtxFunction.SHARED, "local", PtxFunction.LOCAL);

    /** One instruction while labels are open. */
    private record Instruction(byte kind, PtxOps.@Nullable Op op, int d, int a, int b, int c, int guard,
            @Nullable String label, PtxFunction.@Nullable Call call) {}

    private final PtxTokens in;
    private final PtxFunction function;
    private final Map<String, PtxFunction> functions;
    private final Map<String, Long> globals;
    private final Deque<Map<String, Integer>> scopes = new ArrayDeque<>();
    private final Map<String, Long> shared = new HashMap<>();
    private final Map<String, Long> local = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final Map<Long, Integer> constants = new HashMap<>();
    private final List<Instruction> code = new ArrayList<>();
    private int registers = PtxOps.FIRST_FREE;
    private int guard;

    PtxAssembler(PtxTokens in, PtxFunction function, Map<String, PtxFunction> functions, Map<String, Long> globals) {
        this.in = in;
        this.function = function;
        this.functions = functions;
        this.globals = globals;
        scopes.push(new HashMap<>());
    }

    // ---- declarations ------------------------------------------------------------------------------------

    /** A parenthesised list of parameters: one register for each eight bytes. */
    int[] parameters() {
        List<Integer> all = new ArrayList<>();
        in.expect("(");
        while (!in.take(")")) {
            in.expect(".param");
            int first = parameter();
            for (int k = first; k < registers; k++) {
                all.add(k);
            }
            in.take(",");
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@code .align 8 .b8 name[16]} or {@code .b64 name}, after {@code .param}. */
    private int parameter() {
        Variable v = variable();
        int first = registers;
        scopes.element().put(v.name, first);
        registers += (int) ((v.bytes + 7) / 8);
        return first;
    }

    private record Variable(String name, int align, long bytes) {}

    private Variable variable() {
        int align = in.take(".align") ? (int) in.integer() : 1;
        int each = bytes(in.next().substring(1));
        if (in.take(".ptr")) { // what is known of a pointer
            in.take(".global");
            in.expect(".align");
            in.integer();
        }
        String name = in.next();
        long bytes = each;
        if (in.take("[")) {
            bytes *= in.integer();
            in.expect("]");
        }
        return new Variable(name, Math.max(align, each), bytes);
    }

    static int bytes(String type) {
        return type.equals("pred") ? 1 : Integer.parseInt(type.substring(1)) / 8;
    }

    private void declaration(String what) {
        switch (what) {
            case ".reg" -> {
                in.next(); // the type shows in the instructions
                do {
                    String name = in.next();
                    if (in.take("<")) {
                        long count = in.integer();
                        in.expect(">");
                        for (int k = 0; k < count; k++) {
                            scopes.element().put(name + k, registers++);
                        }
                    } else {
                        scopes.element().put(name, registers++);
                    }
                } while (in.take(","));
            }
            case ".param" -> parameter();
            case ".shared" -> function.sharedBytes = place(shared, function.sharedBytes);
            case ".local" -> function.localBytes = place(local, function.localBytes);
            case ".pragma" -> in.next();
            default -> throw new IllegalArgumentException("the directive " + what + " is not known here");
        }
        in.expect(";");
    }

    private int place(Map<String, Long> space, int from) {
        Variable v = variable();
        int at = (from + v.align - 1) / v.align * v.align;
        space.put(v.name, (long) at);
        return (int) (at + v.bytes);
    }

    // ---- statements --------------------------------------------------------------------------------------

    /** From the opening brace to the closing one. */
    void body() {
        in.expect("{");
        int depth = 1;
        while (depth > 0) {
            if (in.take("{")) {
                scopes.push(new HashMap<>());
                depth++;
            } else if (in.take("}")) {
                scopes.pop();
                depth--;
            } else if (in.peek(1).equals(":")) {
                labels.put(in.next(), code.size());
                in.next();
            } else if (in.peek().startsWith(".")) {
                declaration(in.next());
            } else {
                statement();
            }
        }
        emit(PtxFunction.RETURN, null, 0, 0, 0, 0);
        finish();
    }

    private void statement() {
        guard = 0;
        if (in.take("@")) {
            boolean not = in.take("!");
            int register = register(in.next());
            guard = not ? -register : register;
        }
        String opcode = in.next();
        String[] parts = opcode.split("\\.");
        switch (parts[0]) {
            case "bra" -> code.add(new Instruction(PtxFunction.BRANCH, null, 0, 0, 0, 0, guard, in.next(), null));
            case "ret", "exit" -> emit(PtxFunction.RETURN, null, 0, 0, 0, 0);
            case "bar" -> {
                if (!opcode.equals("bar.sync") || operand() < 0) {
                    throw new IllegalArgumentException(opcode + " is not known here");
                }
                emit(PtxFunction.BARRIER, null, 0, 0, 0, 0);
            }
            case "call" -> call();
            case "ld", "st" -> memory(parts);
            case "atom", "red" -> atomic(opcode, parts);
            case "bfi" -> bitField(opcode);
            default -> compute(opcode, parts);
        }
        in.expect(";");
    }

    private void compute(String opcode, String[] parts) {
        if (parts[0].equals("mov") && in.peek().equals("{")) { // halves
            int[] to = vector();
            in.expect(",");
            int from = operand();
            emit(PtxFunction.COMPUTE, PtxOps.LOW, to[0], from, 0, 0);
            emit(PtxFunction.COMPUTE, PtxOps.HIGH, to[1], from, 0, 0);
            return;
        }
        int[] x = new int[4];
        x[0] = register(in.next());
        int n = 1;
        while (in.take(",")) {
            if (in.peek().equals("{")) {
                int[] from = vector();
                emit(PtxFunction.COMPUTE, PtxOps.PACK, x[0], from[0], from[1], 0);
                return;
            }
            Long place = local.get(in.peek());
            if (parts[0].equals("mov") && place != null) {
                in.next();
                emit(PtxFunction.LOCAL_ADDRESS, null, x[0], place.intValue(), 0, 0);
                return;
            }
            x[n++] = operand();
        }
        emit(PtxFunction.COMPUTE, PtxOps.op(opcode), x[0], x[1], x[2], x[3]);
    }

    private void bitField(String opcode) {
        int[] x = new int[5];
        for (int k = 0; k < 5; k++) {
            x[k] = k == 0 ? register(in.next()) : operand();
            in.take(",");
        }
        int field = registers++;
        emit(PtxFunction.COMPUTE, PtxOps.PACK, field, x[3], x[4], 0);
        emit(PtxFunction.COMPUTE, PtxOps.op(opcode), x[0], x[1], x[2], field);
    }

    // ---- memory ------------------------------------------------------------------------------------------

    private void memory(String[] parts) {
        boolean load = parts[0].equals("ld");
        int[] values = load ? values() : new int[0];
        if (load) {
            in.expect(",");
        }
        in.expect("[");
        String base = in.next();
        int offset = in.take("+") ? (int) in.integer() : 0;
        in.expect("]");
        if (!load) {
            in.expect(",");
            values = values();
        }
        int bytes = bytes(parts[parts.length - 1]);
        if (parts[1].equals("param")) {
            if (offset % 8 != 0) {
                throw new IllegalArgumentException("a parameter at " + base + "+" + offset);
            }
            int slot = register(base) + offset / 8;
            emit(PtxFunction.COMPUTE, PtxOps.MOVE, load ? values[0] : slot, load ? slot : values[0], 0, 0);
            return;
        }
        Integer space = SPACES.get(parts[1]);
        if (space == null) {
            throw new IllegalArgumentException("memory of the kind " + parts[1] + " is not known here");
        }
        int address = address(base);
        for (int k = 0; k < values.length; k++) {
            int access = bytes | (k == 0 ? bytes * values.length : bytes) << 8 | space << 16;
            emit(load ? PtxFunction.LOAD : PtxFunction.STORE, null, values[k], address, offset + k * bytes, access);
        }
    }

    private int[] values() {
        return in.peek().equals("{") ? vector() : new int[] {operand()};
    }

    private void atomic(String opcode, String[] parts) {
        boolean old = parts[0].equals("atom");
        if (!opcode.endsWith("global.add.u32")) {
            throw new IllegalArgumentException("the instruction " + opcode + " is not known here");
        }
        int d = old ? register(in.next()) : registers++;
        if (old) {
            in.expect(",");
        }
        in.expect("[");
        int address = address(in.next());
        int offset = in.take("+") ? (int) in.integer() : 0;
        in.expect("]");
        in.expect(",");
        int term = operand();
        emit(PtxFunction.ATOMIC_ADD, null, d, address, offset, term);
    }

    private void call() {
        List<Integer> results = new ArrayList<>();
        if (in.peek().equals("(")) {
            list(results);
            in.expect(",");
        }
        PtxFunction callee = functions.get(in.next());
        if (callee == null) {
            throw new IllegalArgumentException("a call of an unknown function in " + function.name);
        }
        List<Integer> arguments = new ArrayList<>();
        if (in.take(",")) {
            list(arguments);
        }
        var call = new PtxFunction.Call(callee, slots(arguments, callee.parameters.length),
                slots(results, callee.results.length));
        code.add(new Instruction(PtxFunction.CALL, null, 0, 0, 0, 0, guard, null, call));
    }

    private void list(List<Integer> registers) {
        in.expect("(");
        while (!in.take(")")) {
            registers.add(register(in.next()));
            in.take(",");
        }
    }

    /** Parameters of more than eight bytes have several registers, one after another. */
    private static int[] slots(List<Integer> names, int count) {
        if (names.size() == count) {
            return names.stream().mapToInt(Integer::intValue).toArray();
        }
        int[] all = new int[count];
        Arrays.setAll(all, k -> names.getFirst() + k);
        return all;
    }

    // ---- operands ----------------------------------------------------------------------------------------

    private int register(String name) {
        for (Map<String, Integer> scope : scopes) {
            Integer register = scope.get(name);
            if (register != null) {
                return register;
            }
        }
        Integer special = SPECIAL.get(name);
        if (special == null) {
            throw new IllegalArgumentException("the register " + name + " is not declared in " + function.name);
        }
        return special;
    }

    private int operand() {
        if (in.isNumber()) {
            return constant(in.number());
        }
        return address(in.next());
    }

    private int address(String name) {
        Long place = shared.containsKey(name) ? shared.get(name) : globals.get(name);
        if (place != null) {
            return constant(shared.containsKey(name) ? place + PtxBlock.SHARED_BASE : place);
        }
        return register(name);
    }

    private int constant(long value) {
        return constants.computeIfAbsent(value, _ -> registers++);
    }

    private int[] vector() {
        List<Integer> all = new ArrayList<>();
        in.expect("{");
        while (!in.take("}")) {
            all.add(in.take("_") ? registers++ : operand());
            in.take(",");
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    // ---- the result --------------------------------------------------------------------------------------

    private void emit(byte kind, PtxOps.@Nullable Op op, int d, int a, int b, int c) {
        code.add(new Instruction(kind, op, d, a, b, c, guard, null, null));
    }

    private void finish() {
        int n = code.size();
        PtxFunction f = function;
        f.kind = new byte[n];
        f.op = new PtxOps.Op[n];
        f.calls = new PtxFunction.Call[n];
        f.guard = code.stream().mapToInt(Instruction::guard).toArray();
        f.d = code.stream().mapToInt(i -> i.label == null ? i.d : target(i.label)).toArray();
        f.a = code.stream().mapToInt(Instruction::a).toArray();
        f.b = code.stream().mapToInt(Instruction::b).toArray();
        f.c = code.stream().mapToInt(Instruction::c).toArray();
        for (int k = 0; k < n; k++) {
            f.kind[k] = code.get(k).kind;
            f.op[k] = code.get(k).op;
            f.calls[k] = code.get(k).call;
        }
        f.registers = new long[registers];
        Arrays.fill(f.registers, UNWRITTEN);
        constants.forEach((value, register) -> f.registers[register] = value);
        f.registers[PtxOps.ZERO] = 0;
    }

    private int target(String label) {
        Integer at = labels.get(label);
        if (at == null) {
            throw new IllegalArgumentException("the label " + label + " is not in " + function.name);
        }
        return at;
    }
}
