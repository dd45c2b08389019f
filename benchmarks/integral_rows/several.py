"""Iterated integrals: joint laws, marginals, convolutions, dependent limits, polar form; substitutions left open."""

from __future__ import annotations

from integral_rows import Row, normal

__all__ = ["ROWS"]

BOTH = "(x, -oo, oo), (y, -oo, oo)"
RHO = "exp(-(x**2 - 2*rho*x*y + y**2)/(2*(1 - rho**2)))/(2*pi*sqrt(1 - rho**2))"
UNIT2 = (("0.3",), ("0.72",))
STD2 = "exp(-(x**2 + y**2)/2)/(2*pi)"
TOGETHER = f"{normal('x', 'm', 's')}*{normal('y', 'x', 't')}"

ROWS = (
    Row("m_mass", "", f"Integral({STD2}, {BOTH})", "1"),
    Row("m_mass_ab", "a:p b:p", f"Integral(exp(-a*x**2 - b*y**2), {BOTH})", "pi/sqrt(a*b)"),
    Row("m_rho_mass", "rho:u", f"Integral({RHO}, {BOTH})", "1", (), UNIT2),
    Row("m_rho_xy", "rho:u", f"Integral(x*y*{RHO}, {BOTH})", "rho", (), UNIT2),
    Row("m_rho_x2y2", "rho:u", f"Integral(x**2*y**2*{RHO}, {BOTH})", "1 + 2*rho**2", (), UNIT2),
    Row(
        "m_rho_marginal",
        "rho:u y:r",
        f"Integral({RHO}, (x, -oo, oo))",
        normal("y"),
        (),
        (("0.3", "0.8"), ("0.72", "-0.6")),
    ),
    Row(
        "m_sum_var",
        "s1:p s2:p",
        f"Integral((x - y)**2*{normal('x', '0', 's1')}*{normal('y', '0', 's2')}, {BOTH})",
        "s1**2 + s2**2",
    ),
    Row("m_joint_mean", "m:r s:p t:p", f"Integral(y*{TOGETHER}, (y, -oo, oo), (x, -oo, oo))", "m"),
    Row(
        "m_joint_second", "m:r s:p t:p", f"Integral(y**2*{TOGETHER}, (y, -oo, oo), (x, -oo, oo))", "m**2 + s**2 + t**2"
    ),
    Row(
        "m_marginal",
        "m:r s:p t:p y:r",
        f"Integral({TOGETHER}, (x, -oo, oo))",
        "exp(-(y - m)**2/(2*(s**2 + t**2)))/sqrt(2*pi*(s**2 + t**2))",
    ),
    Row(
        "m_posterior",
        "y:r s:p t:p",
        "Integral(x*exp(-x**2/(2*s**2))*exp(-(y - x)**2/(2*t**2)), (x, -oo, oo))",
        "sqrt(2*pi)*s*t/sqrt(s**2 + t**2)*y*s**2/(s**2 + t**2)*exp(-y**2/(2*(s**2 + t**2)))",
    ),
    Row("m_cos", "a:r b:r", f"Integral(cos(a*x + b*y)*{STD2}, {BOTH})", "exp(-(a**2 + b**2)/2)"),
    Row("m_exp", "a:r b:r", f"Integral(exp(a*x + b*y)*{STD2}, {BOTH})", "exp((a**2 + b**2)/2)"),
    Row("m_less", "", f"Integral({STD2}, (x, -oo, y), (y, -oo, oo))", "1/2"),
    Row("m_max", "", f"Integral(Max(x, y)*{STD2}, (x, -oo, oo), (y, -oo, oo))", "1/sqrt(pi)"),
    Row(
        "m_absdiff",
        "s:p",
        f"Integral(Abs(x - y)*{normal('x', '0', 's')}*{normal('y', '0', 's')}, {BOTH})",
        "2*s/sqrt(pi)",
    ),
    Row("m_norm", "", "Integral(r**2*exp(-r**2/2), (r, 0, oo))*Integral(1/(2*pi), (theta, 0, 2*pi))", "sqrt(pi/2)"),
    Row("pol_mass", "s:p", "Integral(r*exp(-r**2/(2*s**2))/(2*pi*s**2), (r, 0, oo), (theta, 0, 2*pi))", "1"),
    Row("pol_x2", "", "Integral(r**3*cos(theta)**2*exp(-r**2/2)/(2*pi), (r, 0, oo), (theta, 0, 2*pi))", "1"),
    Row("pol_disc", "R:p", "Integral(r, (r, 0, R), (theta, 0, 2*pi))", "pi*R**2"),
    Row("pol_sphere", "", "Integral(r**2*sin(theta)*exp(-r**2/2)/(2*pi)**(3/2), (r, 0, oo), (theta, 0, pi))*2*pi", "1"),
    Row("ex_less", "a:p b:p", "Integral(a*exp(-a*x)*b*exp(-b*y), (y, x, oo), (x, 0, oo))", "a/(a + b)"),
    Row("ex_less2", "a:p b:p", "Integral(a*exp(-a*x)*b*exp(-b*y), (x, 0, y), (y, 0, oo))", "a/(a + b)"),
    Row("ex_sum", "a:p", "Integral((x + y)*a**2*exp(-a*x - a*y), (x, 0, oo), (y, 0, oo))", "2/a"),
    Row(
        "ex_max",
        "a:p b:p",
        "Integral(Max(x, y)*a*exp(-a*x)*b*exp(-b*y), (x, 0, oo), (y, 0, oo))",
        "1/a + 1/b - 1/(a + b)",
    ),
    Row("ex_order", "a:p", "Integral(y*2*a**2*exp(-a*x - a*y), (x, 0, y), (y, 0, oo))", "3/(2*a)"),
    Row("tri_area", "", "Integral(1, (y, 0, x), (x, 0, 1))", "1/2"),
    Row("tri_xy", "", "Integral(x*y, (y, 0, 1 - x), (x, 0, 1))", "1/24"),
    Row("tri_param", "a:p", "Integral(x + y, (y, 0, a - x), (x, 0, a))", "a**3/3"),
    Row("sq_abs", "", "Integral(Abs(x - y), (x, 0, 1), (y, 0, 1))", "1/3"),
    Row("sq_max", "", "Integral(Max(x, y), (x, 0, 1), (y, 0, 1))", "2/3"),
    Row("sq_min", "", "Integral(Min(x, y)**2, (x, 0, 1), (y, 0, 1))", "1/6"),
    Row(
        "dir_mass",
        "a:p b:p c:p",
        "Integral(x**(a - 1)*y**(b - 1)*(1 - x - y)**(c - 1), (y, 0, 1 - x), (x, 0, 1))",
        "gamma(a)*gamma(b)*gamma(c)/gamma(a + b + c)",
        (),
        (("1.4", "2.1", "1.7"), ("2.3", "1.6", "3.1")),
    ),
    Row(
        "dir_mean",
        "a:p b:p c:p",
        "Integral(x*gamma(a + b + c)/(gamma(a)*gamma(b)*gamma(c))*x**(a - 1)*y**(b - 1)*(1 - x - y)**(c - 1),"
        " (y, 0, 1 - x), (x, 0, 1))",
        "a/(a + b + c)",
        (),
        (("1.4", "2.1", "1.7"), ("2.3", "1.6", "3.1")),
    ),
    Row(
        "ga_sum",
        "a:p b:p",
        "Integral((x + y)*x**(a - 1)*y**(b - 1)*exp(-x - y)/(gamma(a)*gamma(b)), (x, 0, oo), (y, 0, oo))",
        "a + b",
    ),
    Row(
        "hier_mean",
        "a:p b:p",
        "Integral(x*y*exp(-y*x)*b**a*y**(a - 1)*exp(-b*y)/gamma(a), (x, 0, oo), (y, 0, oo))",
        "b/(a - 1)",
        ("a > 1",),
        (("1.7", "0.9"), ("2.8", "1.6")),
    ),
    Row(
        "hier_t",
        "nu:p x:r",
        "Integral(sqrt(v/(2*pi))*exp(-v*x**2/2)*(nu/2)**(nu/2)*v**(nu/2 - 1)*exp(-nu*v/2)/gamma(nu/2), (v, 0, oo))",
        "gamma((nu + 1)/2)/(sqrt(nu*pi)*gamma(nu/2))*(1 + x**2/nu)**(-(nu + 1)/2)",
        (),
        (("2.7", "0.6"), ("3.8", "-1.3")),
    ),
    Row(
        "hier_lap",
        "x:o b:p",
        "Integral(exp(-x**2/(2*v))/sqrt(2*pi*v)*exp(-v/(2*b**2))/(2*b**2), (v, 0, oo))",
        "exp(-Abs(x)/b)/(2*b)",
    ),
    Row("conv_unif", "y:u", "Integral(Heaviside(y - x), (x, 0, 1))", "y"),
    Row(
        "conv_exgauss",
        "mu:r sigma:p lam:p y:r",
        "Integral(lam*exp(-lam*x)*exp(-(y - x - mu)**2/(2*sigma**2))/(sigma*sqrt(2*pi)), (x, 0, oo))",
        "lam/2*exp(lam/2*(2*mu + lam*sigma**2 - 2*y))*(1 - erf((mu + lam*sigma**2 - y)/(sqrt(2)*sigma)))",
    ),
    Row("conv_cauchy", "y:r", "Integral(1/(pi*(1 + x**2))*1/(pi*(1 + (y - x)**2)), (x, -oo, oo))", "2/(pi*(4 + y**2))"),
    Row(
        "conv_chi",
        "y:p",
        "Integral(exp(-x/2)/sqrt(2*pi*x)*exp(-(y - x)/2)/sqrt(2*pi*(y - x)), (x, 0, y))",
        "exp(-y/2)/2",
    ),
    Row(
        "ratio_normal",
        "z:r",
        "Integral(Abs(x)*exp(-x**2/2)*exp(-(z*x)**2/2)/(2*pi), (x, -oo, oo))",
        "1/(pi*(1 + z**2))",
    ),
    Row("prod_unif", "z:u", "Integral(1/x, (x, z, 1))", "-log(z)"),
    Row("iter_cond", "", "Integral((x**2 - y**2)/(x**2 + y**2)**2, (y, 0, 1), (x, 0, 1))", "pi/4"),
    Row("iter_cond2", "", "Integral((x**2 - y**2)/(x**2 + y**2)**2, (x, 0, 1), (y, 0, 1))", "-pi/4"),
    Row("inner_only", "y:p", "Integral((x**2 - y**2)/(x**2 + y**2)**2, (x, 0, 1))", "-1/(1 + y**2)"),
    Row(
        "elbo",
        "mu:r sigma:p y:r",
        f"Integral((-(y - x)**2/2 - log(2*pi)/2)*{normal('x', 'mu', 'sigma')}, (x, -oo, oo))",
        "-log(2*pi)/2 - ((y - mu)**2 + sigma**2)/2",
    ),
    Row(
        "var_score",
        "mu:r sigma:p",
        f"Integral((x**2*(x - mu)/sigma**2)**2*{normal('x', 'mu', 'sigma')}, (x, -oo, oo)) - 4*mu**2",
        "mu**4/sigma**2 + 14*mu**2 + 15*sigma**2",
    ),
    Row(
        "var_path",
        "mu:r sigma:p",
        f"Integral((2*(mu + sigma*x))**2*{normal('x')}, (x, -oo, oo)) - (2*mu)**2",
        "4*sigma**2",
    ),
    Row(
        "two_sides",
        "s:p",
        "Integral(x**2*exp(-x**2/(2*s**2)), (x, 0, oo))",
        "s**2*Integral(exp(-x**2/(2*s**2)), (x, 0, oo))",
    ),
    Row("subst_sides", "a:p", "Integral(exp(-a*x)/(1 + x), (x, 0, oo))", "Integral(exp(-x)/(a + x), (x, 0, oo))"),
    Row("product", "a:p b:p", "Integral(exp(-a*x), (x, 0, oo))*Integral(exp(-b*x**2), (x, -oo, oo))", "sqrt(pi/b)/a"),
    Row(
        "ratio",
        "mu:r sigma:p",
        "Integral(x*exp(-(x - mu)**2/(2*sigma**2)), (x, -oo, oo))"
        "/Integral(exp(-(x - mu)**2/(2*sigma**2)), (x, -oo, oo))",
        "mu",
    ),
)
