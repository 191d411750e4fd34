package org.wengert.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.providers.TypeUsage;

/**
 * What properties of derivatives are about, for jqwik:
 *
 * <pre>{@code
 * @Property
 * @Domain(DerivativeDomain.class)
 * void theInverseIsASolution(@ForAll @PositiveDefinite(size = 4, condition = 1e6) double[][] a, @ForAll @Point(4) double[] b) { … }
 *
 * @Property
 * @Domain(DerivativeDomain.class)
 * void derivativesAreRight(@ForAll RandomProgram.At p) { … }
 * }</pre>
 *
 * <p>Points and directions are {@code double[]} with {@link Point} or {@link Direction}; matrices are {@code double[][]} with one of the
 * annotations below; {@code double} with {@link Edge} is a number at which something happens; {@link RandomProgram} and
 * {@link RandomProgram.At} are random programs. {@link DerivativeArbitraries} has the same as arbitraries, with more to choose.
 */
public final class DerivativeDomain extends DomainContextBase {

    /** A point of so many coordinates. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Point {
        /** n. */
        int value();
    }

    /** A direction of so many entries, some of them zero. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Direction {
        /** n. */
        int value();
    }

    /** A number at which something happens: zeros, subnormals, infinities, kinks and poles with their neighbours, NaN. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Edge {}

    /** An orthogonal matrix. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Orthogonal {
        /** n. */
        int size();
    }

    /** A symmetric positive definite matrix. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface PositiveDefinite {
        /** n. */
        int size();

        /** The quotient of the largest and the smallest eigenvalue. */
        double condition() default 1e3;
    }

    /** A singular matrix. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Singular {
        /** n. */
        int size();

        /** How many singular values are zero. */
        int corank() default 1;
    }

    /** A matrix of which only entries of a pattern are other than zero: one string a row, a dot for a zero. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Sparse {
        /** The pattern, for example {@code {"xx.", ".x.", "..x"}}. */
        String[] value();
    }

    /** Any matrix. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Matrix {
        /** m. */
        int rows();

        /** n. */
        int columns();
    }

    @Provide
    Arbitrary<Double> edgeDoubles(TypeUsage type) {
        return type.isAnnotated(Edge.class) ? DerivativeArbitraries.edgeDoubles() : DerivativeArbitraries.numbers(-4, 4);
    }

    @Provide
    Arbitrary<double[]> arrays(TypeUsage type) {
        return type.findAnnotation(Point.class).map(a -> DerivativeArbitraries.points(a.value()))
                .or(() -> type.findAnnotation(Direction.class).map(a -> DerivativeArbitraries.directions(a.value())))
                .orElseThrow(() -> new IllegalArgumentException("a double[] needs @Point(n) or @Direction(n)"));
    }

    @Provide
    Arbitrary<double[][]> matrices(TypeUsage type) {
        return type.findAnnotation(Orthogonal.class).map(a -> DerivativeArbitraries.orthogonal(a.size()))
                .or(() -> type.findAnnotation(PositiveDefinite.class)
                        .map(a -> DerivativeArbitraries.positiveDefinite(a.size(), a.condition())))
                .or(() -> type.findAnnotation(Singular.class).map(a -> DerivativeArbitraries.singular(a.size(), a.corank())))
                .or(() -> type.findAnnotation(Sparse.class).map(a -> DerivativeArbitraries.sparse(pattern(a.value()))))
                .or(() -> type.findAnnotation(Matrix.class).map(a -> DerivativeArbitraries.matrices(a.rows(), a.columns())))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a double[][] needs @Matrix, @Orthogonal, @PositiveDefinite, @Singular or @Sparse"));
    }

    @Provide
    Arbitrary<RandomProgram> programs() {
        return DerivativeArbitraries.programs().arbitrary();
    }

    @Provide
    Arbitrary<RandomProgram.At> programsAtPoints() {
        return DerivativeArbitraries.programs().at(DerivativeArbitraries.numbers(-2, 3));
    }

    private static org.wengert.core.transform.Pattern pattern(String[] rows) {
        int[] rowStart = new int[rows.length + 1];
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length(); j++) {
                if (rows[i].charAt(j) != '.') {
                    columns.add(j);
                }
            }
            rowStart[i + 1] = columns.size();
        }
        return new org.wengert.core.transform.Pattern(
                rows.length, rows[0].length(), rowStart, columns.stream().mapToInt(Integer::intValue).toArray());
    }
}
