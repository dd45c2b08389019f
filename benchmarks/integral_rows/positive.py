"""Laws on the half line: Exponential, Gamma and kin, Weibull, Pareto, Fréchet, Lévy, F, inverse Gaussian."""

from __future__ import annotations

from integral_rows import Row

__all__ = ["ROWS"]

HALF = "(x, 0, oo)"


def E(f: str, density: str, limits: str = HALF) -> str:
    return f"Integral(({f})*{density}, {limits})"


EXP = "lam*exp(-lam*x)"
GAM = "beta**alpha*x**(alpha - 1)*exp(-beta*x)/gamma(alpha)"
GP = "alpha:p beta:p"
IG = "beta**alpha*x**(-alpha - 1)*exp(-beta/x)/gamma(alpha)"
WEI = "k/lam*(x/lam)**(k - 1)*exp(-(x/lam)**k)"
WP = "k:p lam:p"
RAY = "x/sigma**2*exp(-x**2/(2*sigma**2))"
MAX = "sqrt(2/pi)*x**2*exp(-x**2/(2*a**2))/a**3"
NAK = "2*m**m/(gamma(m)*w**m)*x**(2*m - 1)*exp(-m*x**2/w)"
GG = "p/a**d*x**(d - 1)*exp(-(x/a)**p)/gamma(d/p)"
CHI2 = "x**(k/2 - 1)*exp(-x/2)/(2**(k/2)*gamma(k/2))"
PAR = "alpha*r**alpha/x**(alpha + 1)"
PL = "(x, r, oo)"
PP = "alpha:p r:p"
LOM = "alpha/lam*(1 + x/lam)**(-alpha - 1)"
FRE = "alpha/s*(x/s)**(-1 - alpha)*exp(-(x/s)**(-alpha))"
LL = "b/a*(x/a)**(b - 1)/(1 + (x/a)**b)**2"
BURR = "c*k*x**(c - 1)/(1 + x**c)**(k + 1)"
LEV = "sqrt(c/(2*pi))*exp(-c/(2*x))/x**(3/2)"
WALD = "sqrt(lam/(2*pi*x**3))*exp(-lam*(x - mu)**2/(2*mu**2*x))"
FD = "(m/n)**(m/2)*x**(m/2 - 1)*(1 + m*x/n)**(-(m + n)/2)/beta(m/2, n/2)"
BP = "x**(a - 1)*(1 + x)**(-a - b)/beta(a, b)"
HC = "2/(pi*s*(1 + (x/s)**2))"
GOM = "eta*b*exp(b*x)*exp(eta)*exp(-eta*exp(b*x))"

ROWS = (
    Row("e_mass", "lam:p", E("1", EXP), "1"),
    Row("e_mean", "lam:p", E("x", EXP), "1/lam"),
    Row("e_var", "lam:p", E("(x - 1/lam)**2", EXP), "1/lam**2"),
    Row("e_nth", "lam:p n:n", E("x**n", EXP), "factorial(n)/lam**n"),
    Row("e_sqrt", "lam:p", E("sqrt(x)", EXP), "sqrt(pi)/(2*sqrt(lam))"),
    Row("e_mgf", "lam:p t:r", E("exp(t*x)", EXP), "lam/(lam - t)", ("t < lam",), (("1.3", "-0.7"), ("0.9", "0.4"))),
    Row("e_cos", "lam:p t:r", E("cos(t*x)", EXP), "lam**2/(lam**2 + t**2)"),
    Row("e_sin", "lam:p t:r", E("sin(t*x)", EXP), "lam*t/(lam**2 + t**2)"),
    Row("e_log", "lam:p", E("log(x)", EXP), "-EulerGamma - log(lam)"),
    Row("e_log2", "", E("log(x)**2", "exp(-x)"), "EulerGamma**2 + pi**2/6"),
    Row("e_xlog", "lam:p", E("x*log(x)", EXP), "(1 - EulerGamma - log(lam))/lam"),
    Row("e_entropy", "lam:p", E(f"-log({EXP})", EXP), "1 - log(lam)"),
    Row("e_kl", "a:p b:p", E("log(a*exp(-a*x)/(b*exp(-b*x)))", "a*exp(-a*x)"), "log(a/b) + b/a - 1"),
    Row("e_cdf", "lam:p c:p", E("1", EXP, "(x, 0, c)"), "1 - exp(-lam*c)"),
    Row("e_surv", "lam:p c:p", E("1", EXP, "(x, c, oo)"), "exp(-lam*c)"),
    Row("e_tailmean", "lam:p c:p", E("x", EXP, "(x, c, oo)"), "(c + 1/lam)*exp(-lam*c)"),
    Row("e_min", "lam:p c:p", E("Min(x, c)", EXP), "(1 - exp(-lam*c))/lam"),
    Row("e_excess", "lam:p c:p", E("Max(x - c, 0)", EXP), "exp(-lam*c)/lam"),
    Row("e_mad", "lam:p", E("Abs(x - 1/lam)", EXP), "2/(E*lam)"),
    Row("e_score", "lam:p", E("1/lam - x", EXP), "0"),
    Row("e_fisher", "lam:p", E("(1/lam - x)**2", EXP), "1/lam**2"),
    Row("e_grad", "lam:p", f"Derivative({E('x**2', EXP)}, lam)", "-4/lam**3"),
    Row("e_conv", "lam:p y:p", "Integral(lam*exp(-lam*x)*lam*exp(-lam*(y - x)), (x, 0, y))", "lam**2*y*exp(-lam*y)"),
    Row(
        "e_hypo",
        "a:p b:p y:p",
        "Integral(a*exp(-a*x)*b*exp(-b*(y - x)), (x, 0, y))",
        "a*b*(exp(-b*y) - exp(-a*y))/(a - b)",
        ("a > b",),
        (("1.7", "0.6", "0.9"), ("2.9", "1.3", "1.6")),
    ),
    Row("e_race", "a:p b:p", "Integral(a*exp(-a*x)*exp(-b*x), (x, 0, oo))", "a/(a + b)"),
    Row("e_max2", "lam:p", E("x", "2*lam*exp(-lam*x)*(1 - exp(-lam*x))"), "3/(2*lam)"),
    Row("g_mass", GP, E("1", GAM), "1"),
    Row("g_mean", GP, E("x", GAM), "alpha/beta"),
    Row("g_second", GP, E("x**2", GAM), "alpha*(alpha + 1)/beta**2"),
    Row("g_var", GP, E("(x - alpha/beta)**2", GAM), "alpha/beta**2"),
    Row("g_power", GP + " q:p", E("x**q", GAM), "gamma(alpha + q)/(gamma(alpha)*beta**q)"),
    Row("g_inv", GP, E("1/x", GAM), "beta/(alpha - 1)", ("alpha > 1",), (("1.7", "0.8"), ("2.6", "1.9"))),
    Row("g_log", GP, E("log(x)", GAM), "digamma(alpha) - log(beta)"),
    Row(
        "g_log2",
        "alpha:p",
        E("log(x)**2", "x**(alpha - 1)*exp(-x)/gamma(alpha)"),
        "polygamma(1, alpha) + digamma(alpha)**2",
    ),
    Row("g_xlog", GP, E("x*log(x)", GAM), "alpha*(digamma(alpha + 1) - log(beta))/beta"),
    Row("g_entropy", GP, E(f"-log({GAM})", GAM), "alpha - log(beta) + loggamma(alpha) + (1 - alpha)*digamma(alpha)"),
    Row(
        "g_kl",
        "a1:p b1:p a2:p b2:p",
        E(
            "log(b1**a1*x**(a1 - 1)*exp(-b1*x)/gamma(a1)) - log(b2**a2*x**(a2 - 1)*exp(-b2*x)/gamma(a2))",
            "b1**a1*x**(a1 - 1)*exp(-b1*x)/gamma(a1)",
        ),
        "(a1 - a2)*digamma(a1) - loggamma(a1) + loggamma(a2) + a2*(log(b1) - log(b2)) + a1*(b2 - b1)/b1",
    ),
    Row(
        "g_mgf",
        GP + " t:r",
        E("exp(t*x)", GAM),
        "(1 - t/beta)**(-alpha)",
        ("t < beta",),
        (("1.3", "0.9", "-0.7"), ("0.6", "1.9", "0.4")),
    ),
    Row("g_laplace", GP + " t:p", E("exp(-t*x)", GAM), "(beta/(beta + t))**alpha"),
    Row("g_cos", GP + " t:r", E("cos(t*x)", GAM), "(1 + t**2/beta**2)**(-alpha/2)*cos(alpha*atan(t/beta))"),
    Row("g_score_a", GP, E("log(beta) + log(x) - digamma(alpha)", GAM), "0"),
    Row("g_score_b", GP, E("alpha/beta - x", GAM), "0"),
    Row(
        "g_fisher_a",
        "alpha:p",
        E("(log(x) - digamma(alpha))**2", "x**(alpha - 1)*exp(-x)/gamma(alpha)"),
        "polygamma(1, alpha)",
    ),
    Row("g_fisher_ab", GP, E("(log(beta) + log(x) - digamma(alpha))*(alpha/beta - x)", GAM), "-1/beta"),
    Row("g_scale", "k:p theta:p", E("x", "x**(k - 1)*exp(-x/theta)/(gamma(k)*theta**k)"), "k*theta"),
    Row("g_cdf", GP + " c:p", E("1", GAM, "(x, 0, c)"), "lowergamma(alpha, beta*c)/gamma(alpha)"),
    Row("g_grad", GP, f"Derivative({E('x', GAM)}, alpha)", "1/beta"),
    Row("g_erlang", "lam:p", E("x", "lam**3*x**2*exp(-lam*x)/2"), "3/lam"),
    Row("g_erlcdf", "lam:p c:p", E("1", "lam**2*x*exp(-lam*x)", "(x, 0, c)"), "1 - (1 + lam*c)*exp(-lam*c)"),
    Row(
        "g_conv",
        "a:p b:p y:p",
        "Integral(x**(a - 1)*exp(-x)/gamma(a)*(y - x)**(b - 1)*exp(-(y - x))/gamma(b), (x, 0, y))",
        "y**(a + b - 1)*exp(-y)/gamma(a + b)",
    ),
    Row("g_mixture", GP + " y:p", E("x*exp(-x*y)", GAM), "alpha*beta**alpha/(beta + y)**(alpha + 1)"),
    Row(
        "g_poisson",
        "a:p b:p n:n",
        E("x**n*exp(-x)/factorial(n)", "b**a*x**(a - 1)*exp(-b*x)/gamma(a)"),
        "gamma(a + n)/(factorial(n)*gamma(a))*b**a/(1 + b)**(a + n)",
    ),
    Row("g_def", "a:p", E("x**(a - 1)", "exp(-x)"), "gamma(a)"),
    Row("ig_mass", GP, E("1", IG), "1"),
    Row("ig_mean", GP, E("x", IG), "beta/(alpha - 1)", ("alpha > 1",), (("1.7", "0.8"), ("2.6", "1.9"))),
    Row(
        "ig_second",
        GP,
        E("x**2", IG),
        "beta**2/((alpha - 1)*(alpha - 2))",
        ("alpha > 2",),
        (("2.7", "0.8"), ("3.6", "1.9")),
    ),
    Row("ig_inv", GP, E("1/x", IG), "alpha/beta"),
    Row("ig_log", GP, E("log(x)", IG), "log(beta) - digamma(alpha)"),
    Row("ig_entropy", GP, E(f"-log({IG})", IG), "alpha + log(beta) + loggamma(alpha) - (1 + alpha)*digamma(alpha)"),
    Row("w_mass", WP, E("1", WEI), "1"),
    Row("w_mean", WP, E("x", WEI), "lam*gamma(1 + 1/k)"),
    Row("w_second", WP, E("x**2", WEI), "lam**2*gamma(1 + 2/k)"),
    Row("w_power", WP + " q:p", E("x**q", WEI), "lam**q*gamma(1 + q/k)"),
    Row("w_log", WP, E("log(x)", WEI), "log(lam) - EulerGamma/k"),
    Row("w_log2", "k:p", E("log(x)**2", "k*x**(k - 1)*exp(-x**k)"), "(EulerGamma**2 + pi**2/6)/k**2"),
    Row("w_entropy", WP, E(f"-log({WEI})", WEI), "EulerGamma*(1 - 1/k) + log(lam/k) + 1"),
    Row("w_cdf", WP + " c:p", E("1", WEI, "(x, 0, c)"), "1 - exp(-(c/lam)**k)"),
    Row("w_xk", WP, E("(x/lam)**k", WEI), "1"),
    Row("w_score", WP, E("1/k + log(x/lam) - (x/lam)**k*log(x/lam)", WEI), "0"),
    Row(
        "w_kl_gamma",
        "k:p lam:p a:p b:p",
        E(f"log({WEI}) - log(b**a*x**(a - 1)*exp(-b*x)/gamma(a))", WEI),
        "EulerGamma*a/k - a*log(lam) + log(k) + b*lam*gamma(1 + 1/k) - EulerGamma - 1 - a*log(b) + loggamma(a)",
    ),
    Row(
        "w_kl",
        "k:p lam:p m:p",
        E("log(k/lam*(x/lam)**(k - 1)*exp(-(x/lam)**k)/(k/m*(x/m)**(k - 1)*exp(-(x/m)**k)))", WEI),
        "k*log(m/lam) + (lam/m)**k - 1",
    ),
    Row("ray_mass", "sigma:p", E("1", RAY), "1"),
    Row("ray_mean", "sigma:p", E("x", RAY), "sigma*sqrt(pi/2)"),
    Row("ray_second", "sigma:p", E("x**2", RAY), "2*sigma**2"),
    Row("ray_var", "sigma:p", E("(x - sigma*sqrt(pi/2))**2", RAY), "(4 - pi)*sigma**2/2"),
    Row("ray_log", "sigma:p", E("log(x)", RAY), "log(sigma) + log(2)/2 - EulerGamma/2"),
    Row("ray_entropy", "sigma:p", E(f"-log({RAY})", RAY), "1 + log(sigma/sqrt(2)) + EulerGamma/2"),
    Row("ray_cdf", "sigma:p c:p", E("1", RAY, "(x, 0, c)"), "1 - exp(-c**2/(2*sigma**2))"),
    Row("ray_inv", "sigma:p", E("1/x", RAY), "sqrt(pi/2)/sigma"),
    Row("max_mass", "a:p", E("1", MAX), "1"),
    Row("max_mean", "a:p", E("x", MAX), "2*a*sqrt(2/pi)"),
    Row("max_second", "a:p", E("x**2", MAX), "3*a**2"),
    Row("max_cdf", "a:p c:p", E("1", MAX, "(x, 0, c)"), "erf(c/(sqrt(2)*a)) - sqrt(2/pi)*c*exp(-c**2/(2*a**2))/a"),
    Row("max_inv", "a:p", E("1/x", MAX), "sqrt(2/pi)/a"),
    Row("nak_mass", "m:p w:p", E("1", NAK), "1"),
    Row("nak_mean", "m:p w:p", E("x", NAK), "gamma(m + 1/2)/gamma(m)*sqrt(w/m)"),
    Row("nak_second", "m:p w:p", E("x**2", NAK), "w"),
    Row("nak_log", "m:p w:p", E("log(x)", NAK), "(digamma(m) + log(w) - log(m))/2"),
    Row("gg_mass", "a:p d:p p:p", E("1", GG), "1"),
    Row("gg_mean", "a:p d:p p:p", E("x", GG), "a*gamma((d + 1)/p)/gamma(d/p)"),
    Row("gg_log", "a:p d:p p:p", E("log(x)", GG), "log(a) + digamma(d/p)/p"),
    Row("gg_entropy", "a:p d:p p:p", E(f"-log({GG})", GG), "log(a/p) + loggamma(d/p) + d/p + (1 - d)/p*digamma(d/p)"),
    Row("chi2_mass", "k:p", E("1", CHI2), "1"),
    Row("chi2_mean", "k:p", E("x", CHI2), "k"),
    Row("chi2_second", "k:p", E("x**2", CHI2), "k*(k + 2)"),
    Row("chi2_log", "k:p", E("log(x)", CHI2), "digamma(k/2) + log(2)"),
    Row("chi2_mgf", "k:p t:p", E("exp(-t*x)", CHI2), "(1 + 2*t)**(-k/2)"),
    Row(
        "chi_mean",
        "k:p",
        E("x", "x**(k - 1)*exp(-x**2/2)/(2**(k/2 - 1)*gamma(k/2))"),
        "sqrt(2)*gamma((k + 1)/2)/gamma(k/2)",
    ),
    Row("chi2_five", "", "Integral(x**(3/2)*exp(-x/2)/(3*sqrt(2*pi)), (x, 0, oo))", "1"),
    Row("par_mass", PP, E("1", PAR, PL), "1"),
    Row("par_mean", PP, E("x", PAR, PL), "alpha*r/(alpha - 1)", ("alpha > 1",), (("1.9", "0.8"), ("2.6", "1.9"))),
    Row(
        "par_second", PP, E("x**2", PAR, PL), "alpha*r**2/(alpha - 2)", ("alpha > 2",), (("2.9", "0.8"), ("3.6", "1.9"))
    ),
    Row("par_inv", PP, E("1/x", PAR, PL), "alpha/(r*(alpha + 1))"),
    Row("par_log", PP, E("log(x)", PAR, PL), "log(r) + 1/alpha"),
    Row("par_entropy", PP, E(f"-log({PAR})", PAR, PL), "log(r/alpha) + 1 + 1/alpha"),
    Row(
        "par_cdf",
        PP + " c:p",
        E("1", PAR, "(x, r, c)"),
        "1 - (r/c)**alpha",
        ("r < c",),
        (("1.9", "0.8", "1.3"), ("2.6", "1.9", "4.4")),
    ),
    Row(
        "par_kl",
        "a:p b:p r:p",
        E("log(a*r**a/x**(a + 1)) - log(b*r**b/x**(b + 1))", "a*r**a/x**(a + 1)", PL),
        "log(a/b) + b/a - 1",
    ),
    Row("par_fisher", PP, E("(1/alpha + log(r) - log(x))**2", PAR, PL), "1/alpha**2"),
    Row("lom_mass", "alpha:p lam:p", E("1", LOM), "1"),
    Row("lom_mean", "alpha:p lam:p", E("x", LOM), "lam/(alpha - 1)", ("alpha > 1",), (("1.9", "0.8"), ("2.6", "1.9"))),
    Row(
        "lom_second",
        "alpha:p lam:p",
        E("x**2", LOM),
        "2*lam**2/((alpha - 1)*(alpha - 2))",
        ("alpha > 2",),
        (("2.9", "0.8"), ("3.6", "1.9")),
    ),
    Row("lom_log", "alpha:p lam:p", E("log(1 + x/lam)", LOM), "1/alpha"),
    Row("lom_entropy", "alpha:p lam:p", E(f"-log({LOM})", LOM), "log(lam/alpha) + 1 + 1/alpha"),
    Row("lom_logx", "alpha:p lam:p", E("log(x)", LOM), "log(lam) - EulerGamma - digamma(alpha)"),
    Row("gpd_mass", "sigma:p xi:p", "Integral((1 + xi*x/sigma)**(-1/xi - 1)/sigma, (x, 0, oo))", "1"),
    Row(
        "gpd_mean",
        "sigma:p xi:u",
        "Integral(x*(1 + xi*x/sigma)**(-1/xi - 1)/sigma, (x, 0, oo))",
        "sigma/(1 - xi)",
        (),
        (("1.3", "0.3"), ("0.7", "0.46")),
    ),
    Row("fre_mass", "alpha:p s:p", E("1", FRE), "1"),
    Row(
        "fre_mean", "alpha:p s:p", E("x", FRE), "s*gamma(1 - 1/alpha)", ("alpha > 1",), (("1.9", "0.8"), ("2.6", "1.9"))
    ),
    Row(
        "fre_second",
        "alpha:p s:p",
        E("x**2", FRE),
        "s**2*gamma(1 - 2/alpha)",
        ("alpha > 2",),
        (("2.9", "0.8"), ("3.6", "1.9")),
    ),
    Row("fre_log", "alpha:p s:p", E("log(x)", FRE), "log(s) + EulerGamma/alpha"),
    Row("fre_entropy", "alpha:p s:p", E(f"-log({FRE})", FRE), "1 + EulerGamma/alpha + EulerGamma + log(s/alpha)"),
    Row("fre_cdf", "alpha:p s:p c:p", E("1", FRE, "(x, 0, c)"), "exp(-(c/s)**(-alpha))"),
    Row("ll_mass", "a:p b:p", E("1", LL), "1"),
    Row("ll_mean", "a:p b:p", E("x", LL), "a*pi/b/sin(pi/b)", ("b > 1",), (("0.8", "1.9"), ("1.9", "2.6"))),
    Row("ll_log", "a:p b:p", E("log(x)", LL), "log(a)"),
    Row("ll_entropy", "a:p b:p", E(f"-log({LL})", LL), "2 + log(a/b)"),
    Row("ll_cdf", "a:p b:p c:p", E("1", LL, "(x, 0, c)"), "1/(1 + (c/a)**(-b))"),
    Row("burr_mass", "c:p k:p", E("1", BURR), "1"),
    Row(
        "burr_mean", "c:p k:p", E("x", BURR), "k*beta(k - 1/c, 1 + 1/c)", ("c*k > 1",), (("1.9", "1.8"), ("2.6", "0.9"))
    ),
    Row("burr_log", "c:p k:p", E("log(1 + x**c)", BURR), "1/k"),
    Row(
        "burr_entropy",
        "c:p k:p",
        E(f"-log({BURR})", BURR),
        "-log(c*k) + (c - 1)*(EulerGamma + digamma(k))/c + (k + 1)/k",
    ),
    Row("dagum_mass", "a:p p:p", E("1", "a*p*x**(a*p - 1)/(1 + x**a)**(p + 1)"), "1"),
    Row("lev_mass", "c:p", E("1", LEV), "1"),
    Row("lev_laplace", "c:p t:p", E("exp(-t*x)", LEV), "exp(-sqrt(2*c*t))"),
    Row("lev_inv", "c:p", E("1/x", LEV), "1/c"),
    Row("lev_log", "c:p", E("log(x)", LEV), "log(c) + log(2) + EulerGamma"),
    Row("lev_entropy", "c:p", E(f"-log({LEV})", LEV), "(1 + 3*EulerGamma + log(16*pi*c**2))/2"),
    Row("lev_cdf", "c:p d:p", E("1", LEV, "(x, 0, d)"), "erfc(sqrt(c/(2*d)))"),
    Row("wald_mass", "mu:p lam:p", E("1", WALD), "1"),
    Row("wald_mean", "mu:p lam:p", E("x", WALD), "mu"),
    Row("wald_var", "mu:p lam:p", E("(x - mu)**2", WALD), "mu**3/lam"),
    Row("wald_inv", "mu:p lam:p", E("1/x", WALD), "1/mu + 1/lam"),
    Row("f_mass", "m:p n:p", E("1", FD), "1"),
    Row("f_mean", "m:p n:p", E("x", FD), "n/(n - 2)", ("n > 2",), (("1.9", "2.8"), ("2.6", "3.9"))),
    Row(
        "f_second",
        "m:p n:p",
        E("x**2", FD),
        "n**2*(m + 2)/(m*(n - 2)*(n - 4))",
        ("n > 4",),
        (("1.9", "4.8"), ("2.6", "5.9")),
    ),
    Row("bp_mass", "a:p b:p", E("1", BP), "1"),
    Row("bp_mean", "a:p b:p", E("x", BP), "a/(b - 1)", ("b > 1",), (("0.8", "1.9"), ("1.9", "2.6"))),
    Row("bp_log", "a:p b:p", E("log(x)", BP), "digamma(a) - digamma(b)"),
    Row("bp_log1p", "a:p b:p", E("log(1 + x)", BP), "digamma(a + b) - digamma(b)"),
    Row("hc_mass", "s:p", E("1", HC), "1"),
    Row("hc_log", "s:p", E("log(x)", HC), "log(s)"),
    Row("hc_sqrt", "s:p", E("sqrt(x)", HC), "sqrt(2*s)"),
    Row("hc_cdf", "s:p c:p", E("1", HC, "(x, 0, c)"), "2*atan(c/s)/pi"),
    Row("gom_mass", "b:p eta:p", E("1", GOM), "1"),
    Row("gom_cdf", "b:p eta:p c:p", E("1", GOM, "(x, 0, c)"), "1 - exp(-eta*(exp(b*c) - 1))"),
    Row(
        "rec_mass", "a:p b:p", "Integral(1/(x*log(b/a)), (x, a, b))", "1", ("a < b",), (("0.6", "1.9"), ("1.3", "4.6"))
    ),
    Row(
        "rec_mean",
        "a:p b:p",
        "Integral(x/(x*log(b/a)), (x, a, b))",
        "(b - a)/log(b/a)",
        ("a < b",),
        (("0.6", "1.9"), ("1.3", "4.6")),
    ),
    Row(
        "rec_log",
        "a:p b:p",
        "Integral(log(x)/(x*log(b/a)), (x, a, b))",
        "log(a*b)/2",
        ("a < b",),
        (("0.6", "1.9"), ("1.3", "4.6")),
    ),
    Row("lap_frullani", "a:p b:p", "Integral((exp(-a*x) - exp(-b*x))/x, (x, 0, oo))", "log(b/a)"),
    Row("lap_sinc", "a:p b:r", "Integral(exp(-a*x)*sin(b*x)/x, (x, 0, oo))", "atan(b/a)"),
    Row("lap_erf", "a:p b:p", "Integral(exp(-b*x)*erf(a*x), (x, 0, oo))", "exp(b**2/(4*a**2))*erfc(b/(2*a))/b"),
    Row("lap_erfc", "", "Integral(erfc(x), (x, 0, oo))", "1/sqrt(pi)"),
    Row("lap_xcos", "a:p b:r", "Integral(x*exp(-a*x)*cos(b*x), (x, 0, oo))", "(a**2 - b**2)/(a**2 + b**2)**2"),
    Row("lap_bose", "", "Integral(x/(exp(x) - 1), (x, 0, oo))", "pi**2/6"),
    Row("lap_fermi", "", "Integral(x/(exp(x) + 1), (x, 0, oo))", "pi**2/12"),
    Row("half_quartic", "a:p", "Integral(exp(-a*x**4), (x, 0, oo))", "gamma(5/4)/a**(1/4)"),
    Row("half_stretched", "p:p", "Integral(exp(-x**p), (x, 0, oo))", "gamma(1 + 1/p)"),
    Row("half_rational", "a:p b:p", "Integral(1/((x**2 + a**2)*(x**2 + b**2)), (x, 0, oo))", "pi/(2*a*b*(a + b))"),
    Row("half_atan2", "a:p", "Integral(1/(x**2 + a**2)**2, (x, 0, oo))", "pi/(4*a**3)"),
    Row("half_shift", "c:p", "Integral(1/(x + c)**2, (x, 0, oo))", "1/c"),
    Row("half_xexp", "c:r", "Integral(x*exp(-x), (x, c, oo))", "(1 + c)*exp(-c)"),
)
