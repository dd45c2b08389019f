"""Finite sums of symbolic length: what must not be said of them, then what may."""

from __future__ import annotations

import pytest
from identity_terms import context, proof

CTX = context("n:positive_integer m:positive_integer c:real z:integer r:positive x:positive")

FALSE = [
    ("Sum(c,(k,1,z))", "z*c"),  # z may be negative: the sum is empty then
    ("Sum(c,(k,0,z))", "(z+1)*c"),
    ("Sum(c,(k,n,1))", "c*(2-n)"),
    ("Sum(c,(k,1,r))", "r*c"),  # r need not be an integer
    ("Sum(c,(k,1,n))", "(n+1)*c"),
    ("Sum(k,(k,1,n))", "n"),
    ("Sum(k,(k,1,n))", "Sum(k,(k,1,m))"),
    ("Sum(k,(k,1,n))", "Sum(k,(k,2,n))"),
    ("Sum(k**2,(k,1,n))", "Sum(k,(k,1,n))**2"),
    ("Sum(k*j,(k,1,n),(j,1,m))", "Sum(k,(k,1,n))**2"),
    ("Sum(Sum(j,(j,1,k)),(k,1,n))", "Sum(j,(j,1,n))*Sum(1,(k,1,n))"),
    ("Sum(Sum(exp(j*k*k),(j,1,n)),(k,1,m))", "Sum(Sum(exp(j*k*k),(j,1,m)),(k,1,n))"),
    ("Sum(exp(j+2*k*j),(j,1,n),(k,1,n))", "Sum(exp(k+2*k*j),(j,1,m),(k,1,n))"),
    ("Sum(Abs(z),(k,1,z))", "z**2"),
    ("Sum(log(z),(k,1,z))", "log(z)*z"),
    ("Sum(1/k,(k,0,n))", "Sum(1/k,(k,0,n))"),
    ("Sum(1/k-1/k,(k,0,n))", "0"),
    ("Sum(c*k,(k,0,oo))", "c*Sum(k,(k,0,oo))"),
    ("Sum(x**k+k,(k,0,oo))", "Sum(x**k,(k,0,oo))+Sum(k,(k,0,oo))"),
    ("Sum(c*k,(k,1,n))", "c*Sum(k,(k,1,n))+1/10000"),
]

TRUE = [
    ("Sum(c*k,(k,1,n))", "c*Sum(k,(k,1,n))"),
    ("Sum(c*k,(k,1,z))", "c*Sum(k,(k,1,z))"),
    ("Sum(c*k,(k,1,r))", "c*Sum(k,(k,1,r))"),
    ("Sum(c,(k,1,n))", "n*c"),
    ("Sum(c,(k,0,n-1))", "n*c"),
    ("Sum(c,(k,1,5))", "5*c"),
    ("Sum(c,(k,1,n),(j,1,m))", "n*m*c"),
    ("Sum(0*k,(k,1,z))", "0"),
    ("Sum(k+c,(k,1,n))", "Sum(j,(j,1,n))+n*c"),
    ("Sum(k+x**k,(k,1,z))", "Sum(j,(j,1,z))+Sum(x**k,(k,1,z))"),
    ("Sum((k-c)**2,(k,1,n))", "Sum(k**2,(k,1,n))-2*c*Sum(k,(k,1,n))+n*c**2"),
    ("Sum(x**(k+1),(k,0,n))", "x*Sum(x**k,(k,0,n))"),
    ("Sum(Sum(k*j,(k,1,n)),(j,1,m))", "Sum(k,(k,1,n))*Sum(k,(k,1,m))"),
    ("Sum(exp(k*j),(k,1,n),(j,1,m))", "Sum(Sum(exp(k*j),(k,1,n)),(j,1,m))"),
    ("Sum(exp(k*j),(k,1,n),(j,1,m))", "Sum(exp(k*j),(k,1,m),(j,1,n))"),
    ("Sum(c*exp(k*j*j),(k,1,n),(j,1,n))", "c*Sum(Sum(exp(k*j*j),(j,1,n)),(k,1,n))"),
    ("Sum(k*Sum(exp(k*j),(j,1,m)),(k,1,n))", "Sum(Sum(k*exp(k*j),(k,1,n)),(j,1,m))"),
    ("Sum(Sum(j,(j,1,k)),(k,1,n))", "Sum(Sum(i,(i,1,j)),(j,1,n))"),
    ("Sum(c+Sum(j,(j,1,m)),(k,1,n))", "n*c+n*Sum(j,(j,1,m))"),
]


@pytest.mark.parametrize(("lhs", "rhs"), FALSE)
def test_false_ones_are_refused(lhs, rhs):
    assert proof(lhs, rhs, CTX) is None


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_true_ones_are_proved(lhs, rhs):
    found = proof(lhs, rhs, CTX)
    assert found is not None and not found.almost_everywhere


def test_names_of_indices_do_not_meet():
    """Bound names as the normal form itself gives them, in the other order."""
    lhs, rhs = "Sum(exp(_b0_0+2*_b0_1),(_b0_1,1,n),(_b0_0,1,m))", "Sum(exp(j+2*k),(k,1,n),(j,1,m))"
    assert proof(lhs, rhs, CTX) is not None
    assert proof(lhs, "Sum(exp(j+2*k),(k,1,m),(j,1,n))", CTX) is None
