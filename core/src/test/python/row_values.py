#!/usr/bin/env python3
"""Writes row_values.csv: values and partial derivatives of every row of the table of elementary functions, by mpmath.

    python3 row_values.py > ../resources/org/wengert/core/elementary/row_values.csv

A line is  row|arguments|value|first partials|second partials (upper triangle).  Arguments are doubles, written so that they
read back as the same; the rest has 21 digits and is followed by ~ and its condition number k = sum |x_i dg/dx_i|/|g|, where that
exceeds 16.  Where a partial is left out ("-"), the row promises nothing.
"""
import random
import sys
from mpmath import mp, mpf, inf, pi, e, sqrt, cbrt, exp, expm1, log, log1p, sin, cos, tan, asin, acos, atan, atan2, sinh
from mpmath import cosh, tanh, asinh, acosh, atanh, hypot, erf, erfc, erfinv, gamma, loggamma, psi, gammainc, besselj
from mpmath import lambertw, sinpi, cospi, floor, ceil, nint, sign, diff, factorial

mp.dps = 50
POINTS = 24

def npdf(x): return exp(-x*x/2)/sqrt(2*pi)
def ncdf(x): return erfc(-x/sqrt(2))/2
def erfcx(x): return exp(x*x)*erfc(x)
def sigmoid(x): return 1/(1+exp(-x))
def sph(n, x): return sqrt(pi/(2*x))*besselj(n+mpf(1)/2, x)
def lg(x): return log(abs(gamma(x)))
def P(a, x): return gammainc(a, 0, x, regularized=True)
def density(a, x): return x**(a-1)*exp(-x)/gamma(a)
def trunc(x): return floor(x) if x > 0 else ceil(x)

# ranges of arguments: lists of (low, high), drawn uniformly; 'p' for powers of ten with both signs, 'q' for positive ones
R = [(-3, 3), (-30, 30), ('p', -12, 3)]
SMALL = [(-3, 3), ('p', -12, 0)]
MID = [(-3, 3), (-30, 30), ('p', -12, 2)]
POS = [(0, 3), (0, 30), ('q', -12, 6)]
UNIT = [(-1, 1), ('p', -12, -0.01)]

# row: (function, ranges for each argument); orders are whole numbers that do not move: ('n', ...)
ROWS = {
    'plus': (lambda x, y: x+y, R, R), 'minus': (lambda x, y: x-y, R, R), 'times': (lambda x, y: x*y, R, R),
    'div': (lambda x, y: x/y, R, R), 'negate': (lambda x: -x, R), 'reciprocal': (lambda x: 1/x, R),
    'square': (lambda x: x*x, R), 'fma': (lambda x, y, z: x*y+z, R, R, R),
    'sqrt': (sqrt, POS), 'cbrt': (lambda x: cbrt(x) if x > 0 else -cbrt(-x), R),
    'rootN': (lambda x, n: x**(1/mpf(n)), POS, ('n', 1, 2, 3, 4, 5, 7, 10, -1, -2, -3)),
    'pow': (lambda x, y: x**y, POS, SMALL), 'powDerivative': (lambda x, y: y*x**(y-1), POS, SMALL),
    'powLog': (lambda x, y: x**y*log(x), POS, SMALL), 'hypot': (lambda x, y: sqrt(x*x+y*y), R, R),
    'exp': (exp, R), 'exp2': (lambda x: mpf(2)**x, R), 'exp10': (lambda x: mpf(10)**x, R), 'expm1': (expm1, R),
    'log': (log, POS), 'log2': (lambda x: log(x)/log(2), POS), 'log10': (lambda x: log(x)/log(10), POS),
    'log1p': (log1p, [(-1, 3), ('p', -12, -1), ('q', 0, 9)]),
    'sin': (sin, R), 'cos': (cos, R), 'tan': (tan, R), 'asin': (asin, UNIT), 'acos': (acos, UNIT), 'atan': (atan, R),
    'atan2': (lambda y, x: atan2(y, x), R, R), 'sinPi': (sinpi, R), 'cosPi': (cospi, R),
    'toRadians': (lambda x: x*pi/180, R), 'toDegrees': (lambda x: x*180/pi, R),
    'sinh': (sinh, R), 'cosh': (cosh, R), 'tanh': (tanh, MID), 'sechSquared': (lambda x: 1/cosh(x)**2, MID),
    'asinh': (asinh, R), 'acosh': (acosh, [(1, 3), (1, 100)]), 'atanh': (atanh, UNIT),
    'gaussian': (lambda x: exp(-x*x), [(-3, 3), (-20, 20)]), 'erf': (erf, SMALL), 'erfc': (erfc, [(-3, 3), (0, 26)]),
    'erfcx': (erfcx, [(-3, 3), (0, 30), ('q', -8, 6)]),
    'erfcxDerivative': (lambda n, x: diff(erfcx, x, n), ('n', 0, 1, 2, 3), [(-2, 3), (0, 10)]),
    'logErfc': (lambda x: log(erfc(x)), [(-3, 3), (-6, 40)]), 'erfInv': (erfinv, UNIT),
    'normalDensity': (npdf, [(-3, 3), (-35, 35)]), 'normalCdf': (ncdf, [(-3, 3), (-35, 8)]),
    'logNormalCdf': (lambda x: log(ncdf(x)), [(-3, 3), (-50, 9)]), 'inverseMills': (lambda x: npdf(x)/ncdf(x), [(-1, 3), (-1, 9)]),
    'gamma': (gamma, [(0, 5), (0, 170), (-6, 0)]), 'logGamma': (lg, [(0, 5), (-6, 0), ('q', -8, 10)]),
    'digamma': (lambda x: psi(0, x), [(0, 5), (-6, 0), ('q', -8, 10)]),
    'polygamma': (lambda n, x: psi(n, x), ('n', 0, 1, 2, 3, 6), [(0, 5), (-6, 0), ('q', -3, 6)]),
    'regularizedGammaP': (P, [(0, 5), (0, 60)], [(0, 5), (0, 60)]),
    'regularizedGammaQ': (lambda a, x: gammainc(a, x, inf, regularized=True), [(0, 5), (0, 60)], [(0, 5), (0, 60)]),
    'gammaDensity': (density, [(0, 5), (0, 60)], [(0, 5), (0, 60)]),
    'regularizedGammaPShape': (lambda n, a, x: diff(lambda t: P(t, x), a, n), ('n', 0, 1, 2), [(0, 5), (0, 30)], [(0, 5), (0, 30)]),
    'gammaDensityShape': (lambda n, a, x: diff(lambda t: density(t, x), a, n), ('n', 0, 1, 2), [(0, 5), (0, 30)], [(0, 5), (0, 30)]),
    'besselJ0': (lambda x: besselj(0, x), R), 'besselJ1': (lambda x: besselj(1, x), R),
    'besselJ': (besselj, ('n', 0, 1, 2, 3, 7, 20, -1, -4), R),
    'sinc': (lambda x: sin(x)/x, R), 'sincPi': (lambda x: sin(pi*x)/(pi*x), R),
    'sphericalBesselJ': (lambda n, x: sph(n, x) if x > 0 else (-1)**int(n)*sph(n, -x), ('n', 0, 1, 2, 3, 7, 20), R),
    'lambertW0': (lambda x: lambertw(x).real, [(-0.3678, 1), (0, 100), ('q', -8, 20)]),
    'sigmoid': (sigmoid, MID), 'logSigmoid': (lambda x: -log1p(exp(-x)), MID), 'softplus': (lambda x: log1p(exp(x)), MID),
    'gelu': (lambda x: x*ncdf(x), [(-3, 3), (-30, 10)]), 'silu': (lambda x: x*sigmoid(x), MID),
    'logCosh': (lambda x: log(cosh(x)), MID), 'xlogx': (lambda x: x*log(x), POS), 'entr': (lambda x: -x*log(x), POS),
    'xlogy': (lambda x, y: x*log(y), R, POS), 'xlog1py': (lambda x, y: x*log1p(y), R, [(-1, 3), ('q', -9, 9)]),
    'abs': (abs, R), 'min': (min, R, R), 'max': (max, R, R), 'clamp': (lambda x, a, b: min(b, max(x, a)), R, [(-9, 0)], [(0, 9)]),
    'select': (lambda c, a, b: a if c > 0 else b, R, R, R), 'signum': (sign, R),
    'copySign': (lambda x, y: abs(x)*sign(y), R, R), 'floor': (floor, R), 'ceil': (ceil, R), 'rint': (nint, R),
    'rem': (lambda x, y: x-y*trunc(x/y), R, R), 'floorMod': (lambda x, y: x-y*floor(x/y), R, R),
    'IEEEremainder': (lambda x, y: x-y*nint(x/y), R, R), 'relu': (lambda x: max(x, 0), R), 'step': (lambda x: mpf(x > 0), R),
    'leakyRelu': (lambda x, a: x if x > 0 else a*x, R, R), 'elu': (lambda x, a: x if x > 0 else a*expm1(x), R, R),
    'absorb': (lambda x, y: x*y, R, R), 'absorbEither': (lambda x, y: x*y, R, R), 'whereNumber': (lambda x, y: x, R, R),
    'sum': (lambda *x: sum(x), POS, POS, POS), 'product': (lambda x, y, z: x*y*z, R, R, R),
    'sumOfSquares': (lambda x, y, z: x*x+y*y+z*z, R, R, R), 'norm': (lambda x, y, z: sqrt(x*x+y*y+z*z), R, R, R),
    'logSumExp': (lambda x, y, z: log(exp(x)+exp(y)+exp(z)), SMALL, SMALL, SMALL),
}

# rows whose higher derivatives vanish; the differences leave some dust of them
ALGEBRAIC = {'plus', 'minus', 'times', 'div', 'negate', 'square', 'fma', 'toRadians', 'toDegrees', 'xlogy', 'xlog1py', 'abs', 'min', 'max',
             'clamp', 'select', 'copySign', 'rem', 'floorMod', 'IEEEremainder', 'relu', 'leakyRelu', 'elu', 'absorb', 'absorbEither',
             'whereNumber', 'sum', 'product', 'sumOfSquares'}
STEPS = {'signum', 'floor', 'ceil', 'rint', 'step'}

def draw(ranges):
    if ranges[0] == 'n':
        return float(random.choice(ranges[1:]))
    r = random.choice(ranges)
    if r[0] in ('p', 'q'):
        x = 10**random.uniform(r[1], r[2])
        return -x if r[0] == 'p' and random.random() < 0.5 else x
    return random.uniform(r[0], r[1])

def text(name, f, x, order, moving):
    """The partial derivative of that order, and its condition number if it is large."""
    if any(order[i] and i not in moving for i in range(len(x))):
        return '-'
    v = partial(f, x, order)
    if v == 0 or name in ALGEBRAIC and abs(v) < mpf(10)**-110:
        return '0'
    k = mpf(0)
    for i in moving:
        def g(t):
            y = list(x); y[i] = t
            return partial(f, y, order)
        h = abs(x[i])*mpf(10)**-20
        before = mp.dps
        mp.dps = 200
        k += abs(x[i]*(g(x[i]+h)-g(x[i]-h))/(2*h)/v)
        mp.dps = before
    return mp.nstr(v, 21) + ('~' + mp.nstr(k, 3) if k > 16 else '')

def partial(f, x, order):
    # one variable after the other; steps that stay within a fraction of each argument
    if sum(order) == 0:
        return f(*x)
    j = next(i for i, k in enumerate(order) if k)
    rest = list(order); rest[j] = 0
    def g(t):
        y = list(x); y[j] = t
        return partial(f, y, rest)
    h = abs(x[j])*mpf(10)**-20
    k = order[j]
    before = mp.dps
    mp.dps = 200
    try:
        if k == 1:
            # 7-point difference: the error is of order (1e-20)^6, rounding errors are below 1e-120
            s = (g(x[j]+h)-g(x[j]-h))*45 - (g(x[j]+2*h)-g(x[j]-2*h))*9 + (g(x[j]+3*h)-g(x[j]-3*h))
            return s/(60*h)
        s = (2*(g(x[j]+3*h)+g(x[j]-3*h)) - 27*(g(x[j]+2*h)+g(x[j]-2*h)) + 270*(g(x[j]+h)+g(x[j]-h)) - 490*g(x[j]))
        return s/(180*h*h)
    finally:
        mp.dps = before

def main():
    only = sys.argv[1:]
    for name, (f, *ranges) in ROWS.items():
        if only and name not in only:
            continue
        moving = [i for i, r in enumerate(ranges) if r[0] != 'n']
        random.seed('wengert ' + name)
        done = 0
        while done < POINTS:
            at = [draw(r) for r in ranges]
            if 0.0 in [at[i] for i in moving]:
                continue
            x = [mpf(a) if i in moving else int(a) for i, a in enumerate(at)]
            try:
                value = f(*x)
                if mp.im(value) != 0 or not mp.isfinite(value) or value != 0 and not 1e-290 < abs(value) < 1e290:
                    continue
                n = len(x)
                orders = [[int(k == i) for k in range(n)] for i in range(n)]
                if name in STEPS:
                    cells = [text(name, f, x, [0]*n, moving), '0', '0']
                else:
                    cells = [text(name, f, x, [0]*n, moving), ','.join(text(name, f, x, o, moving) for o in orders),
                             ','.join(text(name, f, x, [a+b for a, b in zip(orders[i], orders[j])], moving)
                                      for i in range(n) for j in range(i, n))]
            except (ValueError, ZeroDivisionError, mp.NoConvergence):
                continue
            print('|'.join([name, ','.join(map(repr, at))] + cells))
            done += 1
        sys.stdout.flush()

main()
