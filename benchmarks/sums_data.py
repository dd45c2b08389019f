"""Sums, products and series of this field with relatives that are false, each confirmed by mpmath; writes
``benchmarks/data/sums.json`` in the format of ``symrep verify FILE`` with a ``truth``.

    python benchmarks/sums_data.py

Values are computed by a small evaluator of its own over Python's syntax tree (no SymPy, nothing of symrep). A true one
agrees at every point tried to 25 digits; a false one differs at some point at which both sides have a value.
"""

from __future__ import annotations

import ast
import json
import random
from pathlib import Path
from typing import Any

import mpmath as mp

mp.mp.dps = 40
HERE = Path(__file__).parent

#: (name, "symbol:kind …", "relations", lhs, rhs); k, j, i are bound and declared where they are
TRUE: list[tuple[str, str, str, str, str]] = []
Z = "positive_integer"


def _add(kinds: str, given: str, *pairs: str) -> None:
    for p in pairs:
        name, lhs, rhs = (s.strip() for s in p.split("|"))
        TRUE.append((name, kinds, given, lhs, rhs))


_add(
    f"n:{Z}",
    "",
    "id_sum | Sum(k, (k, 1, n)) | n*(n + 1)/2",
    "id_sum0 | Sum(k, (k, 0, n)) | n*(n + 1)/2",
    "id_squares | Sum(k**2, (k, 1, n)) | n*(n + 1)*(2*n + 1)/6",
    "id_cubes | Sum(k**3, (k, 1, n)) | n**2*(n + 1)**2/4",
    "id_fourth | Sum(k**4, (k, 1, n)) | n*(n + 1)*(2*n + 1)*(3*n**2 + 3*n - 1)/30",
    "id_fifth | Sum(k**5, (k, 1, n)) | n**2*(n + 1)**2*(2*n**2 + 2*n - 1)/12",
    "id_nicomachus | Sum(k**3, (k, 1, n)) | Sum(k, (k, 1, n))**2",
    "id_odd | Sum(2*k - 1, (k, 1, n)) | n**2",
    "id_oddsq | Sum((2*k - 1)**2, (k, 1, n)) | n*(2*n - 1)*(2*n + 1)/3",
    "id_pronic | Sum(k*(k + 1), (k, 1, n)) | n*(n + 1)*(n + 2)/3",
    "id_upto_n1 | Sum(k, (k, 0, n - 1)) | n*(n - 1)/2",
    "id_upto_2n | Sum(k, (k, 1, 2*n)) | n*(2*n + 1)",
    "id_mean | Sum(k, (k, 1, n))/n | (n + 1)/2",
    "id_meansq | Sum(k**2, (k, 1, n))/n - (Sum(k, (k, 1, n))/n)**2 | (n**2 - 1)/12",
    "tel_1 | Sum(1/(k*(k + 1)), (k, 1, n)) | n/(n + 1)",
    "tel_2 | Sum(1/(k*(k + 2)), (k, 1, n)) | 3/4 - 1/(2*(n + 1)) - 1/(2*(n + 2))",
    "tel_3 | Sum(1/((2*k - 1)*(2*k + 1)), (k, 1, n)) | n/(2*n + 1)",
    "tel_4 | Sum(1/(k*(k + 1)*(k + 2)), (k, 1, n)) | 1/4 - 1/(2*(n + 1)*(n + 2))",
    "tel_fact | Sum(k*factorial(k), (k, 1, n)) | factorial(n + 1) - 1",
    "tel_fact2 | Sum(k/factorial(k + 1), (k, 1, n)) | 1 - 1/factorial(n + 1)",
    "tel_sqrt | Sum(sqrt(k + 1) - sqrt(k), (k, 1, n)) | sqrt(n + 1) - 1",
    "tel_log | Sum(log(1 + 1/k), (k, 1, n)) | log(n + 1)",
    "tel_log2 | Sum(log(k), (k, 1, n)) | loggamma(n + 1)",
    "harm_psi | Sum(1/k, (k, 1, n)) | digamma(n + 1) + EulerGamma",
    "harm_double | Sum(Sum(1/j, (j, 1, k)), (k, 1, n)) | (n + 1)*(digamma(n + 1) + EulerGamma) - n",
    "harm_2 | Sum(1/k**2, (k, 1, n)) | pi**2/6 - polygamma(1, n + 1)",
    "alt_n | Sum((-1)**k, (k, 0, n)) | (1 + (-1)**n)/2",
    "alt_k | Sum((-1)**k*k, (k, 1, n)) | (-1)**n*(2*n + 1)/4 - 1/4",
    "alt_sq | Sum((-1)**(k + 1)*k**2, (k, 1, n)) | (-1)**(n + 1)*n*(n + 1)/2",
    "pow2 | Sum(2**k, (k, 0, n)) | 2**(n + 1) - 1",
    "pow2k | Sum(k*2**k, (k, 0, n)) | (n - 1)*2**(n + 1) + 2",
    "half | Sum(k/2**k, (k, 1, n)) | 2 - (n + 2)/2**n",
    "bin_row | Sum(binomial(n, k), (k, 0, n)) | 2**n",
    "bin_alt | Sum((-1)**k*binomial(n, k), (k, 0, n)) | 0",
    "bin_krow | Sum(k*binomial(n, k), (k, 0, n)) | n*2**(n - 1)",
    "bin_k2row | Sum(k**2*binomial(n, k), (k, 0, n)) | n*(n + 1)*2**n/4",
    "bin_inv | Sum(binomial(n, k)/(k + 1), (k, 0, n)) | (2**(n + 1) - 1)/(n + 1)",
    "bin_sq | Sum(binomial(n, k)**2, (k, 0, n)) | binomial(2*n, n)",
    "bin_drop0 | Sum(binomial(n, k), (k, 1, n)) | 2**n - 1",
    "prod_fact | Product(k, (k, 1, n)) | factorial(n)",
    "prod_fact2 | Product(k + 1, (k, 1, n)) | factorial(n + 1)",
    "prod_even | Product(2*k, (k, 1, n)) | 2**n*factorial(n)",
    "prod_odd | Product(2*k - 1, (k, 1, n)) | factorial(2*n)/(2**n*factorial(n))",
    "prod_ratio | Product(k/(k + 1), (k, 1, n)) | 1/(n + 1)",
    "prod_sq | Product(1 - 1/(k + 1)**2, (k, 1, n)) | (n + 2)/(2*(n + 1))",
    "prod_log | log(Product(k, (k, 1, n))) | Sum(log(k), (k, 1, n))",
    "prod_exp | exp(Sum(1/k, (k, 1, n))) | Product(exp(1/k), (k, 1, n))",
    "prod_exp2 | Product(exp(k), (k, 1, n)) | exp(n*(n + 1)/2)",
    "double_tri | Sum(Sum(1, (j, 1, k)), (k, 1, n)) | n*(n + 1)/2",
    "double_tri2 | Sum(Sum(j, (j, 1, k)), (k, 1, n)) | n*(n + 1)*(n + 2)/6",
    "double_swap | Sum(Sum(1/j, (j, 1, k)), (k, 1, n)) | Sum(Sum(1/j, (k, j, n)), (j, 1, n))",
    "const | Sum(3, (k, 1, n)) | 3*n",
    "count | Sum(1, (k, 0, n)) | n + 1",
    "uniform_var | Sum((k - (n + 1)/2)**2/n, (k, 1, n)) | (n**2 - 1)/12",
    "uniform_ent | -Sum(log(1/n)/n, (k, 1, n)) | log(n)",
    "gumbel_max | Sum(exp(k)/Sum(exp(j), (j, 1, n)), (k, 1, n)) | 1",
    "reverse | Sum(1/(n + 1 - k), (k, 1, n)) | Sum(1/k, (k, 1, n))",
    "reverse2 | Sum((n - k)**2, (k, 0, n)) | n*(n + 1)*(2*n + 1)/6",
    "shift | Sum(1/k**2, (k, 1, n)) | Sum(1/(k + 1)**2, (k, 0, n - 1))",
    "shift_log | Sum(log(k + 1), (k, 0, n - 1)) | Sum(log(k), (k, 1, n))",
    "last | Sum(sqrt(k), (k, 1, n + 1)) | Sum(sqrt(k), (k, 1, n)) + sqrt(n + 1)",
    "first | Sum(sqrt(k), (k, 0, n)) | Sum(sqrt(k), (k, 1, n))",
    "coupon | Sum(n/(n - k + 1), (k, 1, n)) | n*(digamma(n + 1) + EulerGamma)",
)
_add(
    f"n:{Z} p:unit",
    "",
    "geom | Sum(p**k, (k, 0, n)) | (1 - p**(n + 1))/(1 - p)",
    "geom1 | Sum(p**k, (k, 1, n)) | p*(1 - p**n)/(1 - p)",
    "geom_upto | Sum(p**k, (k, 0, n - 1)) | (1 - p**n)/(1 - p)",
    "agp | Sum(k*p**k, (k, 0, n)) | p*(1 - (n + 1)*p**n + n*p**(n + 1))/(1 - p)**2",
    "geo_cdf | Sum(p*(1 - p)**(k - 1), (k, 1, n)) | 1 - (1 - p)**n",
    "bin_norm | Sum(binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | 1",
    "bin_mean | Sum(k*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | n*p",
    "bin_fact2 | Sum(k*(k - 1)*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | n*(n - 1)*p**2",
    "bin_second | Sum(k**2*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | n*p*(1 - p) + n**2*p**2",
    "bin_var | Sum((k - n*p)**2*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | n*p*(1 - p)",
    "bin_third | Sum((k - n*p)**3*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | n*p*(1 - p)*(1 - 2*p)",
    "bin_tail | Sum(binomial(n, k)*p**k*(1 - p)**(n - k), (k, 1, n)) | 1 - (1 - p)**n",
    "bin_mean1 | Sum(k*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 1, n)) | n*p",
    "bin_inv1 | Sum(binomial(n, k)*p**k*(1 - p)**(n - k)/(k + 1), (k, 0, n)) | (1 - (1 - p)**(n + 1))/((n + 1)*p)",
    "bin_frac | Sum(k/n*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)) | p",
    "diff_prod | Product(1 - p, (k, 1, n)) | (1 - p)**n",
    "diff_sqrt | Product(sqrt(1 - p), (k, 1, n)) | (1 - p)**(n/2)",
    "diff_var | Sum(p*(1 - p)**(n - k), (k, 1, n)) | 1 - (1 - p)**n",
    "log_prod | log(Product(1 - p/k, (k, 1, n))) | Sum(log(1 - p/k), (k, 1, n))",
    "bern_ent | -Sum(p**k*(1 - p)**(1 - k)*log(p**k*(1 - p)**(1 - k)), (k, 0, 1)) | -p*log(p) - (1 - p)*log(1 - p)",
    "bern_mean | Sum(k*p**k*(1 - p)**(1 - k), (k, 0, 1)) | p",
    "bern_var | Sum((k - p)**2*p**k*(1 - p)**(1 - k), (k, 0, 1)) | p*(1 - p)",
    "ddiff | Sum((1 - p)**(k - 1)*p, (k, 1, n)) + (1 - p)**n | 1",
    "mixed | Sum(p**k*(1 - p)**(n - k), (k, 0, n)) | ((1 - p)**(n + 1) - p**(n + 1))/(1 - 2*p)",
    "prod_geo | Product(p**k, (k, 1, n)) | p**(n*(n + 1)/2)",
    "discount | Sum(p**(n - k), (k, 0, n)) | (1 - p**(n + 1))/(1 - p)",
    "ema | Sum((1 - p)*p**(n - k), (k, 1, n)) | 1 - p**n",
)
_add(
    f"n:{Z} x:real",
    "",
    "poly_geo | Sum(x**k, (k, 0, 3)) | 1 + x + x**2 + x**3",
    "poly_num | Sum(x**k/k, (k, 1, 4)) | x + x**2/2 + x**3/3 + x**4/4",
    "lin | Sum(k*x + 1, (k, 1, n)) | x*n*(n + 1)/2 + n",
    "sq_dev | Sum((k - x)**2, (k, 1, n)) | n*(n + 1)*(2*n + 1)/6 - x*n*(n + 1) + n*x**2",
    "bin_thm1 | Sum(binomial(n, k)*x**k, (k, 0, n)) | (1 + x)**n",
    "empty | Sum(x*k**2, (k, 3, 2)) | 0",
    "one_term | Sum(sin(k*x), (k, n, n)) | sin(n*x)",
    "prod_num | Product(x + k, (k, 0, 2)) | x*(x + 1)*(x + 2)",
    "exp_ser | Sum(x**k/factorial(k), (k, 0, oo)) | exp(x)",
    "cosh_ser | Sum(x**(2*k)/factorial(2*k), (k, 0, oo)) | cosh(x)",
    "cos_ser | Sum((-1)**k*x**(2*k)/factorial(2*k), (k, 0, oo)) | cos(x)",
    "sinh_ser | Sum(x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo)) | sinh(x)",
    "sin_ser | Sum((-1)**k*x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo)) | sin(x)",
    "gauss_ser | Sum((-1)**k*x**(2*k)/(2**k*factorial(k)), (k, 0, oo)) | exp(-x**2/2)",
    "exp_tail | Sum(x**k/factorial(k), (k, 2, oo)) | exp(x) - 1 - x",
    "geo_exp | Sum(exp(k*x), (k, 0, n))*(exp(x) - 1) | exp((n + 1)*x) - 1",
)
_add(
    f"n:{Z} x:real",
    "x != 1",
    "geom_x | Sum(x**k, (k, 0, n)) | (1 - x**(n + 1))/(1 - x)",
    "geom_x2 | Sum(x**(2*k), (k, 0, n))*(1 - x**2) | 1 - x**(2*n + 2)",
    "geom_upto_x | Sum(x**k, (k, 0, n - 1)) | (x**n - 1)/(x - 1)",
)
_add(
    "x:real",
    "x > -1; x < 1",
    "geo_x | Sum(x**k, (k, 0, oo)) | 1/(1 - x)",
    "geo_kx | Sum(k*x**k, (k, 0, oo)) | x/(1 - x)**2",
    "geo_k2x | Sum(k**2*x**k, (k, 1, oo)) | x*(1 + x)/(1 - x)**3",
    "geo_k3x | Sum(k**3*x**k, (k, 0, oo)) | x*(1 + 4*x + x**2)/(1 - x)**4",
    "log_x | Sum(x**k/k, (k, 1, oo)) | -log(1 - x)",
    "log_alt | Sum((-1)**(k + 1)*x**k/k, (k, 1, oo)) | log(1 + x)",
    "atanh_x | Sum(x**(2*k + 1)/(2*k + 1), (k, 0, oo)) | atanh(x)",
    "atan_x | Sum((-1)**k*x**(2*k + 1)/(2*k + 1), (k, 0, oo)) | atan(x)",
    "geo_even | Sum(x**(2*k), (k, 0, oo)) | 1/(1 - x**2)",
    "geo_alt | Sum((-1)**k*x**k, (k, 0, oo)) | 1/(1 + x)",
    "diff_geo | Sum((k + 1)*x**k, (k, 0, oo)) | 1/(1 - x)**2",
)
_add(
    "p:unit",
    "",
    "g_norm | Sum(p*(1 - p)**(k - 1), (k, 1, oo)) | 1",
    "g_norm0 | Sum(p*(1 - p)**k, (k, 0, oo)) | 1",
    "g_mean | Sum(k*p*(1 - p)**(k - 1), (k, 1, oo)) | 1/p",
    "g_mean0 | Sum(k*p*(1 - p)**k, (k, 0, oo)) | (1 - p)/p",
    "g_second | Sum(k**2*p*(1 - p)**(k - 1), (k, 1, oo)) | (2 - p)/p**2",
    "g_fact2 | Sum(k*(k - 1)*p*(1 - p)**(k - 1), (k, 1, oo)) | 2*(1 - p)/p**2",
    "g_var | Sum((k - 1/p)**2*p*(1 - p)**(k - 1), (k, 1, oo)) | (1 - p)/p**2",
    "g_entropy | -Sum(p*(1 - p)**(k - 1)*log(p*(1 - p)**(k - 1)), (k, 1, oo)) | -log(p) - (1 - p)*log(1 - p)/p",
    "logser | Sum(-p**k/(k*log(1 - p)), (k, 1, oo)) | 1",
    "logser_mean | Sum(-p**k/log(1 - p), (k, 1, oo)) | -p/((1 - p)*log(1 - p))",
    "nb2 | Sum((k + 1)*p**2*(1 - p)**k, (k, 0, oo)) | 1",
    "central | Sum(binomial(2*k, k)*(p/4)**k, (k, 0, oo)) | 1/sqrt(1 - p)",
)
_add(
    f"p:unit n:{Z}",
    "",
    "g_tail | Sum(p*(1 - p)**(k - 1), (k, n + 1, oo)) | (1 - p)**n",
    "nb_norm | Sum(binomial(n + k - 1, k)*p**n*(1 - p)**k, (k, 0, oo)) | 1",
    "nb_mean | Sum(k*binomial(n + k - 1, k)*p**n*(1 - p)**k, (k, 0, oo)) | n*(1 - p)/p",
)
_add(
    "p:unit q:unit",
    "",
    "g_kl | Sum(p*(1 - p)**k*log(p*(1 - p)**k/(q*(1 - q)**k)), (k, 0, oo)) | log(p/q) + (1 - p)/p*log((1 - p)/(1 - q))",
    "g_pgf | Sum(q**k*p*(1 - p)**k, (k, 0, oo)) | p/(1 - q*(1 - p))",
    "bern_kl | "
    "Sum(p**k*(1 - p)**(1 - k)*log(p**k*(1 - p)**(1 - k)/(q**k*(1 - q)**(1 - k))), (k, 0, 1))"
    " | p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))",
    "g_race | Sum((p*(1 - p)**k)*(1 - q)**k, (k, 0, oo)) | p/(1 - (1 - p)*(1 - q))",
)
_add(
    "r:positive p:unit",
    "",
    "nb_r | Sum(gamma(r + k)/(gamma(r)*factorial(k))*p**r*(1 - p)**k, (k, 0, oo)) | 1",
    "nb_rmean | Sum(k*gamma(r + k)/(gamma(r)*factorial(k))*p**r*(1 - p)**k, (k, 0, oo)) | r*(1 - p)/p",
)
_add(
    "lam:positive",
    "",
    "po_norm | Sum(exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | 1",
    "po_mean | Sum(k*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | lam",
    "po_fact2 | Sum(k*(k - 1)*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | lam**2",
    "po_second | Sum(k**2*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | lam + lam**2",
    "po_var | Sum((k - lam)**2*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | lam",
    "po_third | Sum((k - lam)**3*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | lam",
    "po_tail | Sum(exp(-lam)*lam**k/factorial(k), (k, 1, oo)) | 1 - exp(-lam)",
    "po_mean1 | Sum(exp(-lam)*lam**k/factorial(k - 1), (k, 1, oo)) | lam",
    "po_inv | Sum(exp(-lam)*lam**k/(factorial(k)*(k + 1)), (k, 0, oo)) | (1 - exp(-lam))/lam",
    "po_even | Sum(exp(-lam)*lam**(2*k)/factorial(2*k), (k, 0, oo)) | (1 + exp(-2*lam))/2",
    "zt_mean | Sum(k*lam**k/(factorial(k)*(exp(lam) - 1)), (k, 1, oo)) | lam/(1 - exp(-lam))",
    "bose | Sum(exp(-lam*k), (k, 0, oo)) | 1/(1 - exp(-lam))",
    "bose_mean | Sum(k*exp(-lam*k), (k, 1, oo)) | exp(lam)/(exp(lam) - 1)**2",
)
_add(
    "lam:positive mu:positive",
    "",
    "po_kl | Sum(exp(-lam)*lam**k/factorial(k)*(k*log(lam/mu) - lam + mu), (k, 0, oo)) | lam*log(lam/mu) - lam + mu",
    "po_mgf | Sum(exp(mu*k)*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | exp(lam*(exp(mu) - 1))",
    "po_pgf | Sum(mu**k*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | exp(lam*(mu - 1))",
)
_add(
    "a:positive",
    "",
    "hz_tel | Sum(1/((k + a)*(k + a + 1)), (k, 0, oo)) | 1/a",
    "hz_2 | Sum(1/(k + a)**2, (k, 0, oo)) | polygamma(1, a)",
    "hz_3 | Sum(1/(k + a)**3, (k, 0, oo)) | -polygamma(2, a)/2",
)
_add(
    "",
    "",
    "basel | Sum(1/k**2, (k, 1, oo)) | pi**2/6",
    "zeta4 | Sum(1/k**4, (k, 1, oo)) | pi**4/90",
    "zeta6 | Sum(1/k**6, (k, 1, oo)) | pi**6/945",
    "lambda2 | Sum(1/(2*k + 1)**2, (k, 0, oo)) | pi**2/8",
    "eta2 | Sum((-1)**(k + 1)/k**2, (k, 1, oo)) | pi**2/12",
    "alt_harm | Sum((-1)**(k + 1)/k, (k, 1, oo)) | log(2)",
    "leibniz | Sum((-1)**k/(2*k + 1), (k, 0, oo)) | pi/4",
    "tel_inf | Sum(1/(k*(k + 1)), (k, 1, oo)) | 1",
    "tel_inf2 | Sum(1/(k*(k + 2)), (k, 1, oo)) | 3/4",
    "tel_inf3 | Sum(1/(4*k**2 - 1), (k, 1, oo)) | 1/2",
    "e_ser | Sum(1/factorial(k), (k, 0, oo)) | E",
    "e_inv | Sum((-1)**k/factorial(k), (k, 0, oo)) | exp(-1)",
    "e_k2 | Sum(k**2/factorial(k), (k, 1, oo)) | 2*E",
    "halves | Sum(1/2**k, (k, 1, oo)) | 1",
    "khalves | Sum(k/2**k, (k, 1, oo)) | 2",
    "k2halves | Sum(k**2/2**k, (k, 1, oo)) | 6",
    "log2 | Sum(1/(k*2**k), (k, 1, oo)) | log(2)",
    "wallis_tel | Product(1 - 1/k**2, (k, 2, oo)) | 1/2",
    "numbers | Sum(k**2, (k, 1, 10)) | 385",
    "numbers2 | Sum(1/k, (k, 1, 6)) | 49/20",
    "prod_numbers | Product(1 + 1/k, (k, 1, 9)) | 10",
    "tel_fact_inf | Sum(k/factorial(k + 1), (k, 1, oo)) | 1",
)
_add(
    f"n:{Z} a:real b:real",
    "",
    "bin_thm | Sum(binomial(n, k)*a**k*b**(n - k), (k, 0, n)) | (a + b)**n",
    "lin2 | Sum(a*k + b, (k, 0, n)) | a*n*(n + 1)/2 + b*(n + 1)",
    "const_ab | Sum(a - b, (k, 1, n)) | n*(a - b)",
    "var_shift | Sum((k - a)**2 - (k - b)**2, (k, 1, n)) | n*(a**2 - b**2) - (a - b)*n*(n + 1)",
    "ab_num | Sum(binomial(3, k)*a**k*b**(3 - k), (k, 0, 3)) | (a + b)**3",
)
_add(
    f"n:{Z} a:real b:real",
    "a != b",
    "geo_ab | Sum(a**k*b**(n - k), (k, 0, n)) | (a**(n + 1) - b**(n + 1))/(a - b)",
)
_add(
    "n:nonnegative_integer m:nonnegative_integer p:unit",
    "",
    "n0_sum | Sum(k, (k, 1, n)) | n*(n + 1)/2",
    "n0_geo | Sum(p**k, (k, 1, n)) | p*(1 - p**n)/(1 - p)",
    "n0_prod | Product(k, (k, 1, n)) | factorial(n)",
    "rect | Sum(Sum(k*j, (j, 1, m)), (k, 1, n)) | n*(n + 1)*m*(m + 1)/4",
    "rect_swap | Sum(Sum(p**(k*j), (j, 1, m)), (k, 1, n)) | Sum(Sum(p**(k*j), (k, 1, n)), (j, 1, m))",
    "rect_geo | Sum(Sum(p**(k + j), (j, 0, m)), (k, 0, n)) | (1 - p**(m + 1))*(1 - p**(n + 1))/(1 - p)**2",
    "split_m | Sum(k**2, (k, 1, n)) + Sum(k**2, (k, n + 1, n + m)) | Sum(k**2, (k, 1, n + m))",
    "split_log | Sum(log(k), (k, 1, n)) + Sum(log(k), (k, n + 1, n + m)) | Sum(log(k), (k, 1, n + m))",
    "from_m | Sum(p**k, (k, m, n + m)) | p**m*(1 - p**(n + 1))/(1 - p)",
    "vander | Sum(binomial(m, k)*binomial(n, m - k), (k, 0, m)) | binomial(m + n, m)",
    "hockey | Sum(binomial(m + k, m), (k, 0, n)) | binomial(m + n + 1, m + 1)",
)
_add(
    f"n:{Z} m:{Z} r:{Z}",
    "",
    "vander2 | Sum(binomial(m, k)*binomial(n, r - k), (k, 0, r)) | binomial(m + n, r)",
    "from_mn | Sum(k, (k, m, m + n)) | (n + 1)*(2*m + n)/2",
    "tel_mn | Sum(1/(k*(k + 1)), (k, m, m + n)) | 1/m - 1/(m + n + 1)",
)
_add(
    f"n:{Z} x:nonzero",
    "",
    "inv_geo | Sum(x**(-k), (k, 0, n))*(1 - 1/x) | 1 - x**(-n - 1)",
)
_add(
    f"n:{Z} t:real",
    "",
    "dirichlet | Sum(cos(k*t), (k, 1, n))*2*sin(t/2) | sin((n + 1/2)*t) - sin(t/2)",
    "sin_sum | Sum(sin(k*t), (k, 1, n))*2*sin(t/2) | cos(t/2) - cos((n + 1/2)*t)",
)
_add(
    "t:real lam:positive p:unit",
    "",
    "po_cf | Sum(exp(I*t*k)*exp(-lam)*lam**k/factorial(k), (k, 0, oo)) | exp(lam*(exp(I*t) - 1))",
)
_add(
    f"t:real p:unit n:{Z}",
    "",
    "bin_cf | Sum(binomial(n, k)*p**k*(1 - p)**(n - k)*exp(I*t*k), (k, 0, n)) | (1 - p + p*exp(I*t))**n",
    "bin_mgf | Sum(binomial(n, k)*p**k*(1 - p)**(n - k)*exp(t*k), (k, 0, n)) | (1 - p + p*exp(t))**n",
    "bin_pgf | Sum(binomial(n, k)*p**k*(1 - p)**(n - k)*t**k, (k, 0, n)) | (1 - p + p*t)**n",
    "bern_pgf | Sum(p**k*(1 - p)**(1 - k)*t**k, (k, 0, 1)) | 1 - p + p*t",
)
_add(
    f"K:{Z} b:unit",
    "",
    "ddiff_row | (1 - b) + Sum(b/K, (k, 1, K)) | 1",
    "ddiff_pow | Product(1 - b, (k, 1, K))*Product(1/(1 - b), (k, 1, K)) | 1",
    "logits | Sum(exp(b*k)/Sum(exp(b*j), (j, 1, K)), (k, 1, K)) | 1",
    "ce | -Sum(log(b)/K, (k, 1, K)) | -log(b)",
    "mean_prob | Sum(k/K, (k, 1, K)) | (K + 1)/2",
    "snr | Sum(log(1 - b) , (k, 1, K)) | K*log(1 - b)",
)


#: written after the proposals were, and measured before anything was changed for them
_add(
    f"n:{Z} theta:unit",
    "",
    "h1 | Sum(theta**i*(1 - theta), (i, 0, n - 1)) | 1 - theta**n",
    "h2 | Sum(i*theta**(i - 1), (i, 1, n)) | (1 - (n + 1)*theta**n + n*theta**(n + 1))/(1 - theta)**2",
    "h3 | Sum(theta*(1 - theta)**i, (i, 0, n))+ (1 - theta)**(n + 1) | 1",
    "h4 | Sum(i*(i - 1)*(i - 2)*binomial(n, i)*theta**i*(1 - theta)**(n - i), (i, 0, n)) | n*(n - 1)*(n - 2)*theta**3",
    "h5 | Sum((n - i)*binomial(n, i)*theta**i*(1 - theta)**(n - i), (i, 0, n)) | n*(1 - theta)",
    "h6 | Sum(i*(n - i)*binomial(n, i)*theta**i*(1 - theta)**(n - i), (i, 0, n)) | n*(n - 1)*theta*(1 - theta)",
    "h7 | Sum(2**i*binomial(n, i)*theta**i*(1 - theta)**(n - i), (i, 0, n)) | (1 + theta)**n",
    "h8 | Sum((-1)**i*binomial(n, i)*theta**i*(1 - theta)**(n - i), (i, 0, n)) | (1 - 2*theta)**n",
    "h9 | Sum(binomial(n - 1, i - 1)*theta**i*(1 - theta)**(n - i), (i, 1, n)) | theta",
    "h10 | Product(theta*(1 - theta), (i, 1, n)) | theta**n*(1 - theta)**n",
    "h11 | Product(1 - theta**2, (i, 0, n - 1)) | (1 - theta**2)**n",
    "h12 | Sum(log(theta**i), (i, 1, n)) | n*(n + 1)/2*log(theta)",
    "h13 | log(Product(theta**i, (i, 1, n))) | n*(n + 1)*log(theta)/2",
    "h14 | Sum(i**2*theta**i, (i, 0, n))"
    " | theta*(1 + theta - (n + 1)**2*theta**n"
    " + (2*n**2 + 2*n - 1)*theta**(n + 1) - n**2*theta**(n + 2))/(1 - theta)**3",
    "h15 | Sum(theta**(2*i), (i, 0, n)) | (1 - theta**(2*n + 2))/(1 - theta**2)",
    "h16 | Sum((1 - theta)**2*theta**(2*i), (i, 0, n - 1)) | (1 - theta)*(1 - theta**(2*n))/(1 + theta)",
    "h17 | Sum(sqrt(theta)**i, (i, 0, n)) | (1 - theta**((n + 1)/2))/(1 - sqrt(theta))",
    "h18 | Sum(theta*(1 - theta)**(n - i), (i, 1, n))/(1 - (1 - theta)**n) | 1",
)
_add(
    f"N:{Z}",
    "",
    "h19 | Sum(i*(N - i), (i, 1, N - 1)) | N*(N**2 - 1)/6",
    "h20 | Sum(i**6, (i, 1, N)) | N*(N + 1)*(2*N + 1)*(3*N**4 + 6*N**3 - 3*N + 1)/42",
    "h21 | Sum(1/((3*i - 2)*(3*i + 1)), (i, 1, N)) | N/(3*N + 1)",
    "h22 | Sum((2*i + 1)/(i**2*(i + 1)**2), (i, 1, N)) | 1 - 1/(N + 1)**2",
    "h23 | Sum(i**2/2**i, (i, 0, N)) | 6 - (N**2 + 4*N + 6)/2**N",
    "h24 | Sum((-1)**i*binomial(N, i)/(i + 1), (i, 0, N)) | 1/(N + 1)",
    "h25 | Sum(binomial(N, i)*3**i, (i, 0, N)) | 4**N",
    "h26 | Sum(binomial(N, i)*binomial(N, N - i), (i, 0, N)) | binomial(2*N, N)",
    "h27 | Sum(i*binomial(N, i)**2, (i, 0, N)) | N*binomial(2*N, N)/2",
    "h28 | Product((i + 2)/i, (i, 1, N)) | (N + 1)*(N + 2)/2",
    "h29 | Product(1 + 1/i, (i, 1, N)) | N + 1",
    "h30 | Product(i**2, (i, 1, N)) | factorial(N)**2",
    "h31 | Sum(log(i/(i + 1)), (i, 1, N)) | -log(N + 1)",
    "h32 | Sum(log(i), (i, 1, N)) | log(factorial(N))",
    "h33 | Sum(1/sqrt(i + 1) - 1/sqrt(i), (i, 1, N)) | 1/sqrt(N + 1) - 1",
    "h34 | Sum(Sum(1/i, (i, 1, j)), (j, 1, N)) | Sum((N + 1 - i)/i, (i, 1, N))",
    "h35 | Sum(Sum(i + j, (i, 1, N)), (j, 1, N)) | N**2*(N + 1)",
    "h36 | Sum(Sum(i*j, (i, 1, j)), (j, 1, N)) | N*(N + 1)*(N + 2)*(3*N + 1)/24",
    "h37 | Sum(i**2, (i, 1, N)) - Sum(i, (i, 1, N))**2/N | N*(N**2 - 1)/12",
    "h38 | Sum(1/(N*i), (i, 1, N)) | (digamma(N + 1) + EulerGamma)/N",
    "h39 | Sum(1/(2*i - 1), (i, 1, N)) | digamma(N + 1/2)/2 + EulerGamma/2 + log(2)",
    "h40 | Sum((i/N)**2, (i, 1, N))/N | (N + 1)*(2*N + 1)/(6*N**2)",
    "h41 | Sum(Sum(exp(i)*exp(j), (i, 1, N)), (j, 1, N)) | Sum(exp(i), (i, 1, N))**2",
    "h42 | Sum(2*i, (i, N, 2*N)) | 3*N*(N + 1)",
    "h43 | Sum(exp(-i), (i, 0, N - 1)) | (1 - exp(-N))/(1 - exp(-1))",
    "h44 | Sum(factorial(i + 1) - factorial(i), (i, 1, N)) | factorial(N + 1) - 1",
    "h45 | Sum(binomial(i, 2), (i, 2, N + 1)) | binomial(N + 2, 3)",
)
_add(
    "alpha:positive beta:positive",
    "",
    "h46 | Sum(exp(-alpha)*alpha**i/factorial(i)*exp(-beta*i), (i, 0, oo)) | exp(-alpha*(1 - exp(-beta)))",
    "h47 | Sum(i*(i - 1)*(i - 2)*exp(-alpha)*alpha**i/factorial(i), (i, 0, oo)) | alpha**3",
    "h48 | Sum(exp(-alpha)*alpha**i/factorial(i)*(i - alpha)**4, (i, 0, oo)) | alpha + 3*alpha**2",
    "h49 | Sum(exp(-alpha - beta)*(alpha + beta)**i/factorial(i), (i, 0, oo)) | 1",
    "h50 | Sum(alpha**i/factorial(i + 1), (i, 0, oo)) | (exp(alpha) - 1)/alpha",
    "h51 | Sum(exp(-beta*(i + 1/2)), (i, 0, oo)) | 1/(2*sinh(beta/2))",
    "h52 | Sum(i*exp(-beta*i)*(1 - exp(-beta)), (i, 0, oo)) | 1/(exp(beta) - 1)",
    "h53 | Sum(alpha**(2*i)/factorial(i), (i, 0, oo)) | exp(alpha**2)",
    "h54 | Sum(alpha**i/(factorial(i)*2**i), (i, 1, oo)) | exp(alpha/2) - 1",
    "h55 | Sum((1 + i)*alpha**i/factorial(i), (i, 0, oo)) | (1 + alpha)*exp(alpha)",
    "h56 | Sum(1/((i + alpha)*(i + alpha + 2)), (i, 0, oo)) | (1/alpha + 1/(alpha + 1))/2",
    "h57 | Sum(binomial(2, i)*alpha**i*beta**(2 - i), (i, 0, 2)) | (alpha + beta)**2",
    "h58 | Sum(alpha*(1 + alpha)**(-i), (i, 1, oo)) | 1",
    "h59 | Sum((alpha/(alpha + beta))**i, (i, 0, oo)) | (alpha + beta)/beta",
)
_add(
    "q:unit s:real",
    "s > -1; s < 1",
    "h60 | Sum(q*(1 - q)**(i - 1)*s**i, (i, 1, oo)) | q*s/(1 - (1 - q)*s)",
    "h61 | Sum(i*(i - 1)*s**(i - 2), (i, 2, oo)) | 2/(1 - s)**3",
    "h62 | Sum(i**2*q*(1 - q)**i, (i, 0, oo)) | (1 - q)*(2 - q)/q**2",
    "h63 | Sum(q**i/(i + 1), (i, 0, oo)) | -log(1 - q)/q",
    "h64 | Sum((-1)**i*s**(2*i), (i, 0, oo)) | 1/(1 + s**2)",
    "h65 | Sum(i*q**i/log(1/(1 - q))/i, (i, 1, oo)) | q/((1 - q)*log(1/(1 - q)))",
    "h66 | Sum(q*(1 - q)**(2*i), (i, 0, oo)) | 1/(2 - q)",
    "h67 | Sum(q*(1 - q)**(2*i + 1), (i, 0, oo)) | (1 - q)/(2 - q)",
    "h68 | Sum(binomial(i + 2, 2)*q**3*(1 - q)**i, (i, 0, oo)) | 1",
    "h69 | Sum(binomial(i - 1, 1)*q**2*(1 - q)**(i - 2), (i, 2, oo)) | 1",
    "h70 | Sum((i + 1)*(1 - q)**i*q**2*i, (i, 0, oo)) | 2*(1 - q)/q",
    "h71 | Sum(s**i*i/(i + 1), (i, 0, oo))*s | s/(1 - s) + log(1 - s)",
)
_add(
    "",
    "",
    "h72 | Sum(1/(i**2*(i + 1)**2), (i, 1, oo)) | pi**2/3 - 3",
    "h73 | Sum((-1)**i/(i + 1)**2, (i, 0, oo)) | pi**2/12",
    "h74 | Sum(1/(2*i - 1)**4, (i, 1, oo)) | pi**4/96",
    "h75 | Sum(i/3**i, (i, 1, oo)) | 3/4",
    "h76 | Sum((-1)**i/2**i, (i, 0, oo)) | 2/3",
    "h77 | Sum(1/(i*(i + 1)*(i + 2)), (i, 1, oo)) | 1/4",
    "h78 | Sum(1/factorial(2*i), (i, 0, oo)) | cosh(1)",
    "h79 | Sum(2**i/factorial(i), (i, 0, oo)) | E**2",
    "h80 | Sum((i + 1)/factorial(i), (i, 0, oo)) | 2*E",
    "h81 | Sum((-1)**i*pi**(2*i)/factorial(2*i), (i, 0, oo)) | -1",
    "h82 | Sum(1/(4*i**2 - 1)**2, (i, 1, oo)) | (pi**2 - 8)/16",
    "h83 | Sum((-1)**(i + 1)/(i*(i + 1)), (i, 1, oo)) | 2*log(2) - 1",
)
_add(
    f"T:{Z} b:unit",
    "",
    "h84 | Product(sqrt(1 - b), (i, 1, T))**2 | (1 - b)**T",
    "h85 | Sum(b*Product(1 - b, (j, i + 1, T)), (i, 1, T)) | 1 - (1 - b)**T",
    "h86 | Product(1 - b*i/(i + 1), (i, 1, T))*Product(1/(1 - b*i/(i + 1)), (i, 1, T)) | 1",
    "h87 | Product((1 - b)/(1 + b), (i, 1, T)) | ((1 - b)/(1 + b))**T",
    "h88 | Sum(log(1 - b*i/T), (i, 1, T - 1)) | log(Product(1 - b*i/T, (i, 1, T - 1)))",
    "h89 | Sum((1 - b)**i - (1 - b)**(i + 1), (i, 0, T - 1)) | 1 - (1 - b)**T",
    "h90 | Sum(i/(T*(T + 1)/2), (i, 1, T)) | 1",
)
_add(
    f"n:{Z} j:{Z} b:unit a:real",
    "j <= n",
    "pick | Sum(Piecewise((a, Eq(k, j)), (0, True)), (k, 1, n)) | a",
    "below | Sum(Piecewise((1, k <= j), (0, True)), (k, 1, n)) | j",
    "uniform_row | Sum(Piecewise((1 - b + b/n, Eq(k, j)), (b/n, True)), (k, 1, n)) | 1",
)


# --- values ---------------------------------------------------------------------------------------------------------

FUNCTIONS: dict[str, Any] = {
    "exp": mp.exp, "log": mp.log, "sqrt": mp.sqrt, "cos": mp.cos, "sin": mp.sin, "cosh": mp.cosh, "sinh": mp.sinh,
    "atan": mp.atan, "atanh": mp.atanh, "gamma": mp.gamma, "loggamma": mp.loggamma, "digamma": mp.digamma,
    "polygamma": lambda m, z: mp.psi(int(m), z), "factorial": mp.factorial, "binomial": mp.binomial,
}  # fmt: skip
NAMES = {"pi": mp.pi, "E": mp.e, "EulerGamma": mp.euler, "I": mp.j}


def value(text: str, point: dict[str, Any]) -> Any:
    return _value(ast.parse(text, mode="eval").body, point)


def _value(n: ast.expr, at: dict[str, Any]) -> Any:
    if isinstance(n, ast.Constant):
        return mp.mpf(n.value)
    if isinstance(n, ast.Name):
        return at[n.id] if n.id in at else +NAMES[n.id]
    if isinstance(n, ast.UnaryOp):
        return -_value(n.operand, at)
    if isinstance(n, ast.BinOp):
        a, b = _value(n.left, at), _value(n.right, at)
        if isinstance(n.op, ast.Pow):
            return mp.mpf(1) if b == 0 else a ** int(b) if b == int(mp.re(b)) else a**b
        return {ast.Add: a.__add__, ast.Sub: a.__sub__, ast.Mult: a.__mul__, ast.Div: a.__truediv__}[type(n.op)](b)
    assert isinstance(n, ast.Call) and isinstance(n.func, ast.Name), ast.dump(n)
    if n.func.id in ("Sum", "Product"):
        return _series(n, at)
    if n.func.id == "Piecewise":
        pairs = (p.elts for p in n.args if isinstance(p, ast.Tuple))
        return next(_value(v, at) for v, c in pairs if _met(c, at))
    return FUNCTIONS[n.func.id](*(_value(a, at) for a in n.args))


def _series(n: ast.Call, at: dict[str, Any]) -> Any:
    limits = n.args[1]
    assert isinstance(limits, ast.Tuple) and isinstance(n.func, ast.Name)
    k, lo = limits.elts[0].id, int(_value(limits.elts[1], at))  # type: ignore[attr-defined]

    def item(i: Any) -> Any:
        return _value(n.args[0], {**at, k: mp.mpf(int(i))})

    if isinstance(limits.elts[2], ast.Name) and limits.elts[2].id == "oo":
        if n.func.id == "Product":
            return mp.nprod(item, [lo, mp.inf])
        return mp.nsum(item, [lo, mp.inf])
    hi = int(_value(limits.elts[2], at))
    if hi < lo - 1:
        raise ValueError("ends in the wrong order")
    out = mp.mpf(0 if n.func.id == "Sum" else 1)
    for i in range(lo, hi + 1):
        out = out + item(i) if n.func.id == "Sum" else out * item(i)
    return out


def _points(kinds: dict[str, str], given: list[str], rng: random.Random) -> Any:
    for turn in range(60):
        at: dict[str, Any] = {}
        for name, kind in kinds.items():
            if "integer" in kind:
                low = 1 if kind == "positive integer" else 0
                at[name] = mp.mpf(rng.randint(low, 2 + turn % 6))
            elif kind == "unit":
                at[name] = mp.mpf(rng.randint(80, 900)) / 1000
            else:
                at[name] = (
                    mp.mpf(rng.randint(100, 2500)) / 1000 * (rng.choice((-1, 1)) if kind in ("real", "nonzero") else 1)
                )
                if given and any(">" in g for g in given):
                    at[name] = at[name] / 3
        if all(_holds(g, at) for g in given):
            yield at


def _met(c: ast.expr, at: dict[str, Any]) -> bool:
    if isinstance(c, ast.Constant):
        return bool(c.value)
    if isinstance(c, ast.Call):  # Eq
        return bool(_value(c.args[0], at) == _value(c.args[1], at))
    return _holds(ast.unparse(c), at)


def _holds(relation: str, at: dict[str, Any]) -> bool:
    n = ast.parse(relation, mode="eval").body
    assert isinstance(n, ast.Compare)
    a, b = _value(n.left, at), _value(n.comparators[0], at)
    return {ast.Gt: a > b, ast.Lt: a < b, ast.NotEq: a != b, ast.LtE: a <= b, ast.Eq: a == b}[type(n.ops[0])]  # type: ignore[no-any-return]


def _differs(lhs: str, rhs: str, at: dict[str, Any]) -> bool | None:
    try:
        a, b = value(lhs, at), value(rhs, at)
    except (ArithmeticError, ValueError, TypeError, KeyError):
        return None
    if not (mp.isfinite(a) and mp.isfinite(b)):
        return None
    gap = abs(a - b) / max(1, abs(a), abs(b))
    return True if gap > mp.mpf(10) ** -12 else False if gap < mp.mpf(10) ** -22 else None


# --- false relatives ------------------------------------------------------------------------------------------------

WRONG = [
    ("(k, 1, ", "(k, 0, "), ("(k, 0, ", "(k, 1, "), (", n))", ", n + 1))"), (", n))", ", n - 1))"),
    ("(k, 1, ", "(k, 2, "),
    ("n + 1", "n"), ("(1 - p)**2", "(1 - p)"), ("k**2", "k"), ("/2", "/3"), ("k*", "2*k*"), ("1 - p", "1 + p"),
    ("lam**2", "lam"), ("- 1", "+ 1"), ("pi**2", "pi"), ("factorial(k)", "factorial(k + 1)"), ("p**", "2*p**"),
    ("+ 1)", "+ 2)"), ("log(", "2*log("), ("exp(", "2*exp("), ("x**k", "x**(k + 1)"), ("1/", "2/"),
]  # fmt: skip


def _relatives(row: tuple[str, str, str, str, str], rng: random.Random) -> list[tuple[str, str]]:
    _, _, _, lhs, rhs = row
    out: list[tuple[str, str]] = [(lhs, f"{rhs} + 1/1000"), (lhs, f"2*({rhs})")]
    for old, new in rng.sample(WRONG, len(WRONG)):
        for side in (0, 1):
            text = (lhs, rhs)[side]
            if old in text:
                at = rng.choice([i for i in range(len(text)) if text.startswith(old, i)])
                changed = text[:at] + new + text[at + len(old) :]
                out.append((changed, rhs) if side == 0 else (lhs, changed))
    return out[2:] + out[:2]


def main() -> None:
    rng = random.Random(3)
    rows = []
    for row in TRUE:
        name, symbols, relations, lhs, rhs = row
        kinds = {n: k.replace("_", " ") for n, k in (s.split(":") for s in symbols.split())}
        given = [g.strip() for g in relations.split(";") if g.strip()]
        tried = [
            d
            for at in [p for p, _ in zip(_points(kinds, given, rng), range(5), strict=False)]
            if (d := _differs(lhs, rhs, at)) is not None
        ]
        if not tried or any(tried):
            raise SystemExit(f"not confirmed: {name} {tried}")
        bound = {k: "positive integer" for k in ("k", "j", "i") if f"({k}, " in lhs + rhs}
        base = {"family": "sums", "kind": "sum", "symbols": {**bound, **kinds}, "given": given}
        rows.append({"id": name, **base, "truth": True, "lhs": lhs, "rhs": rhs})
        made = 0
        for left, right in _relatives(row, rng):
            points = [p for p, _ in zip(_points(kinds, given, rng), range(4), strict=False)]
            if any(_differs(left, right, at) for at in points):
                made += 1
                new = {"id": f"{name}~{made}", **base, "truth": False, "lhs": left, "rhs": right, "parent": name}
                rows.append(new)
            if made == 4:
                break
    (HERE / "data").mkdir(exist_ok=True)
    (HERE / "data" / "sums.json").write_text(json.dumps(rows, indent=0, ensure_ascii=False) + "\n")
    print(f"{sum(r['truth'] for r in rows)} true, {sum(not r['truth'] for r in rows)} false")


if __name__ == "__main__":
    main()
