package org.wengert.hessian;

import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.pow;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;

/** Functions of any number of variables, from the collection CUTE (I. Bongartz, A. R. Conn, N. Gould, P. Toint, ACM TOMS 21, 1995). */
public enum ScalableProblem {
    SROSENBR(-1.2, 1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i < x.length; i += 2) {
                t.add(square(x[i + 1].minus(square(x[i]))).times(100));
                t.add(square(x[i].minus(1)));
            }
            return total(t);
        }
    },
    CHNROSENBROCK(-1.2, 1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i + 1 < x.length; i++) {
                t.add(square(x[i + 1].minus(square(x[i]))).times(100));
                t.add(square(x[i].minusFrom(1)));
            }
            return total(t);
        }
    },
    WOODS(-3, -1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int k = 0; k < x.length; k += 4) {
                t.add(square(x[k + 1].minus(square(x[k]))).times(100));
                t.add(square(x[k].minusFrom(1)));
                t.add(square(x[k + 3].minus(square(x[k + 2]))).times(90));
                t.add(square(x[k + 2].minusFrom(1)));
                t.add(square(x[k + 1].plus(x[k + 3]).minus(2)).times(10));
                t.add(square(x[k + 1].minus(x[k + 3])).times(0.1));
            }
            return total(t);
        }
    },
    POWELLSG(3, -1, 0, 1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int k = 0; k < x.length; k += 4) {
                t.add(square(x[k].plus(x[k + 1].times(10))));
                t.add(square(x[k + 2].minus(x[k + 3])).times(5));
                t.add(square(square(x[k + 1].minus(x[k + 2].times(2)))));
                t.add(square(square(x[k].minus(x[k + 3]))).times(10));
            }
            return total(t);
        }
    },
    BRTRIDIA(-1) {
        @Override
        Scalar apply(Scalar[] x) {
            int n = x.length;
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Scalar r = x[i].times(2).minusFrom(3).times(x[i]).plus(1);
                r = i > 0 ? r.minus(x[i - 1]) : r;
                r = i < n - 1 ? r.minus(x[i + 1].times(2)) : r;
                t.add(square(r));
            }
            return total(t);
        }
    },
    BROYDN7D(-1) {
        @Override
        Scalar apply(Scalar[] x) {
            int n = x.length;
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Scalar r = x[i].div(2).minusFrom(3).times(x[i]).plus(1);
                r = i > 0 ? r.minus(x[i - 1]) : r;
                r = i < n - 1 ? r.minus(x[i + 1].times(2)) : r;
                t.add(pow(abs(r), 7.0 / 3));
            }
            for (int i = 0; i < n / 2; i++) {
                t.add(pow(abs(x[i].plus(x[i + n / 2])), 7.0 / 3));
            }
            return total(t);
        }
    },
    ARWHEAD(1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            Scalar last = square(x[x.length - 1]);
            for (int i = 0; i + 1 < x.length; i++) {
                t.add(square(square(x[i]).plus(last)).minus(x[i].times(4)).plus(3));
            }
            return total(t);
        }
    },
    COSINE(1) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i + 1 < x.length; i++) {
                t.add(cos(square(x[i]).minus(x[i + 1].div(2))));
            }
            return total(t);
        }
    },
    EDENSCH(0) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i + 1 < x.length; i++) {
                t.add(square(square(x[i].minus(2))));
                t.add(square(x[i].times(x[i + 1]).minus(x[i + 1].times(2))));
                t.add(square(x[i + 1].plus(1)));
            }
            return total(t).plus(16);
        }
    },
    ENGVAL1(2) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (int i = 0; i + 1 < x.length; i++) {
                t.add(square(square(x[i]).plus(square(x[i + 1]))).minus(x[i].times(4)).plus(3));
            }
            return total(t);
        }
    },
    LIARWHD(4) {
        @Override
        Scalar apply(Scalar[] x) {
            List<Scalar> t = new ArrayList<>();
            for (Scalar xi : x) {
                t.add(square(square(xi).minus(x[0])).times(4));
                t.add(square(xi.minus(1)));
            }
            return total(t);
        }
    },
    SINQUAD(0.1) {
        @Override
        Scalar apply(Scalar[] x) {
            int n = x.length;
            List<Scalar> t = new ArrayList<>();
            Scalar first = square(x[0]);
            t.add(square(square(x[0].minus(1))));
            t.add(square(square(x[n - 1]).minus(first)));
            for (int i = 1; i < n - 1; i++) {
                t.add(square(sin(x[i].minus(x[n - 1])).minus(first).plus(square(x[i]))));
            }
            return total(t);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // never changed after it is made
    private final double[] start;

    ScalableProblem(double... start) {
        this.start = start;
    }

    abstract Scalar apply(Scalar[] x);

    private static Scalar total(List<Scalar> terms) {
        return sum(terms.toArray(Scalar[]::new));
    }

    /** The function of n variables. */
    public Differentiable function(int n) {
        return Differentiable.of(n, this::apply);
    }

    /** Its start point. */
    public double[] start(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> start[i % start.length]);
        return x;
    }

    /** The point where reference values are known. */
    double[] probe(int n) {
        double[] x = start(n);
        for (int i = 0; i < n; i++) {
            x[i] += (37 * i + 11) % 64 / 512.0;
        }
        return x;
    }

    /** The direction of the reference values. */
    static double[] direction(int n) {
        double[] v = new double[n];
        Arrays.setAll(v, i -> ((53 * i + 5) % 32 - 16) / 16.0);
        return v;
    }

    /** The number of the least value, where it is known for every n. */
    double least(int n) {
        return switch (this) {
            case COSINE -> -(n - 1);
            case BROYDN7D, EDENSCH, ENGVAL1 -> Double.NaN;
            default -> 0;
        };
    }
}
