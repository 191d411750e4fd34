package org.wengert.core.engine.roll;

import java.util.Arrays;

/** Which member of a class each of a number of elements takes: element k takes member {@link #at at(k)}. */
sealed interface IndexMap {

    /** The member that element k takes. */
    int at(int k);

    /** The number of elements. */
    int length();

    /** k -&gt; base + stride · k. */
    record Affine(int base, int stride, int length) implements IndexMap {
        @Override
        public int at(int k) {
            return base + stride * k;
        }
    }

    /** Any members, listed; the array is kept. Equal lists are equal maps. */
    final class Listed implements IndexMap {

        final int[] members;
        private final int hash;

        private Listed(int[] members) {
            this.members = members;
            this.hash = Arrays.hashCode(members);
        }

        @Override
        public int at(int k) {
            return members[k];
        }

        @Override
        public int length() {
            return members.length;
        }

        @Override
        public boolean equals(Object that) {
            return that instanceof Listed l && (l == this || hash == l.hash && Arrays.equals(members, l.members));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Element k takes member k. */
    static IndexMap identity(int length) {
        return new Affine(0, 1, length);
    }

    /** The map of a list of at least one member, which is kept if it is irregular. */
    static IndexMap of(int[] members) {
        int n = members.length;
        int stride = n > 1 ? members[1] - members[0] : 0;
        for (int k = 1; k < n; k++) {
            if (members[k] - members[k - 1] != stride) {
                return new Listed(members);
            }
        }
        return new Affine(members[0], stride, n);
    }

    /** Whether this is the identity of a class of that size. */
    default boolean isIdentity(int size) {
        return this instanceof Affine(int base, int stride, int length)
                && base == 0 && (stride == 1 || length == 1) && length == size;
    }

    /** Whether all elements take the same member. */
    default boolean isConstant() {
        return this instanceof Affine(_, int stride, int length) && (stride == 0 || length == 1);
    }

    /** This map after another: k -&gt; this.at(inner.at(k)). */
    default IndexMap after(IndexMap inner) {
        if (this instanceof Affine(int base, int stride, int length)) {
            if (base == 0 && stride == 1) {
                return inner;
            }
            if (inner instanceof Affine(int innerBase, int innerStride, int innerLength)) {
                return new Affine(base + stride * innerBase, stride * innerStride, innerLength);
            }
        } else if (inner.isIdentity(length())) {
            return this;
        }
        int[] members = new int[inner.length()];
        Arrays.setAll(members, k -> at(inner.at(k)));
        return of(members);
    }

    /**
     * Where runs of consecutive members begin: the map is a list of stretches in which the member goes up by one from
     * element to element.
     *
     * @return the first element of each stretch, or null if they are shorter than {@code shortest} on average
     */
    static int @org.jspecify.annotations.Nullable [] stretches(int[] members, int shortest) {
        int count = 1;
        for (int k = 1; k < members.length; k++) {
            count += members[k] == members[k - 1] + 1 ? 0 : 1;
        }
        if ((long) count * shortest > members.length) {
            return null;
        }
        int[] starts = new int[count];
        int next = 1;
        for (int k = 1; k < members.length; k++) {
            if (members[k] != members[k - 1] + 1) {
                starts[next++] = k;
            }
        }
        return starts;
    }
}
