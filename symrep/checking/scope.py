"""What is known at a place of a document: its definitions, in the light of which the next formula is read.

Definitions are kept as they were written and read again when what they rest on changes: *f_Y(y) = f_X(g(y)) g'(y)*
says more once g and the law of X are known. Functions, laws and densities stand in the *open* environment. Defined
symbols (z = μ + σε) do not: z may be meant as a variable. A *closed* environment puts them in; where two definitions
form a circle (y = h(x), x = g(y)) there is one for each way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from symrep.checking.images import image_law, variable_of
from symrep.checking.lets import Let, by_use
from symrep.checking.products import stepwise
from symrep.checking.shorthand import shorter
from symrep.checking.told_laws import as_stated, of_squares, plain, with_given, with_sample
from symrep.checking.worth import guarded, law_of, value
from symrep.claim import FunctionSpec
from symrep.errors import SymrepError
from symrep.law import Integers, Law, index_kind
from symrep.notation import Density, density, pmf
from symrep.reading.latex import Environment
from symrep.reading.latex.depends import names
from symrep.reading.latex.joints import LETTERS, key_of
from symrep.reading.latex.scope import INDICES
from symrep.symbols import DomainSymbol

__all__ = ["Let", "Scope"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_IDENTIFIED: Final = re.compile(r"\s*\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?\s*[.,;]?\s*")
_SUMMED: Final = re.compile(r"\\(?:sum|prod|int)(?![A-Za-z])")
#: what a density of X may be called
_DENSITIES: Final = ("f", "p", "q")


class Scope:
    """Mutable: grows as the document is read."""

    def __init__(self, environment: Environment) -> None:
        self.base = environment
        self.environment = environment
        self.lets: list[Let] = []
        #: names of variables met so far
        self.seen: set[str] = set()
        #: where the document's headings stand
        self.headings: list[int] = []
        #: and the ends of its paragraphs
        self.breaks: list[int] = []
        #: those of them that no display follows
        self.paragraphs: list[int] = []
        #: and the items of its lists
        self.items: list[int] = []

    # --- asking ---------------------------------------------------------------------------------------------------

    def function(self, name: str) -> Let | None:
        """How a function is defined, if it is."""
        return next((x for x in reversed(self.lets) if x.name == name and x.what in ("function", "inverse")), None)

    def symbol(self, name: str) -> Let | None:
        return next((x for x in reversed(self.lets) if x.name == name and x.what == "symbol"), None)

    def known_function(self, name: str) -> bool:
        """Does a name already stand for something definite?"""
        return self.function(name) is not None or self.known_density(name)

    def known_density(self, name: str) -> bool:
        """Is it the density, or the distribution function, of a law that is known?"""
        stated = any(x.what == "stated" and x.name == name for x in self.lets)
        return stated or name in self.environment.densities or self.density_of(name) is not None

    def density_of(self, name: str) -> str | None:
        """The random variable whose density ``f_X`` is."""
        head, _, tail = name.partition("_")
        if head not in _DENSITIES or not tail:
            return None
        return next((x for x in self.environment.random if x.lower() == tail.lower()), None)

    def parted(self, let: Let, at: int) -> bool:
        """Is there a heading between a definition and a place?"""
        return any(let.end <= h <= at for h in self.headings)

    def instance(self, let: Let, at: int) -> bool:
        """Is what a function is made of told anew in the section of a place: w = p/q, and p and q of an example?"""
        told = {x.name.partition("(")[0] for x in self.lets if x.start > let.end and not self.parted(x, at)}
        return bool(told & (let.mentions - set(let.parameters)))

    def readable(self, let: Let) -> bool:
        """Is what defines a function understood?"""
        env = self.environment
        return bool({let.name, _key(let)} & (env.definitions.keys() | env.densities.keys() | env.functions.keys()))

    def itemised(self, let: Let, at: int) -> bool:
        """Does an item of a list begin between a definition and a place?"""
        return any(let.end <= k <= at for k in self.items)

    def apart(self, let: Let, at: int) -> bool:
        """Is a place in another paragraph, section or item than a definition?"""
        return any(let.end <= b <= at for b in (*self.paragraphs, *self.headings, *self.items))

    def another(self, density: str, at: int) -> bool:
        """Is ``f_X`` the density of an X whose law another paragraph told?"""
        let = next((x for x in self.lets if x.what == "law" and x.name == self.density_of(density)), None)
        return let is not None and any(let.end <= b <= at for b in self.breaks)

    def related(self, name: str, others: Iterable[str]) -> bool:
        """Is ``name`` the variable by which one of the others is defined? Then an equation between them is a claim."""
        wanted = set(others)
        return any(x.what == "symbol" and x.name in wanted and name in x.mentions for x in self.lets)

    # --- growing --------------------------------------------------------------------------------------------------

    def add(self, let: Let) -> None:
        """Take a definition in; older ones that rest on it are read again."""
        if let.what == "function":
            clash = [
                x
                for x in self.lets
                if x.what == "function" and x.name == let.name and x.parameters != let.parameters
                if not self.itemised(x, let.start) and not self.parted(x, let.start)
            ]
            if clash and _letter(let.name) == "f":
                # f(x) and f(z): one letter, several functions; it stands for neither then
                self.lets = [x for x in self.lets if x not in clash]
                self._rebuild()
                return
        same = ("function", "inverse") if let.what == "function" else (let.what,)
        replaced = [x for x in self.lets if x.name == let.name and x.what in same]
        if let.what == "function" and _letter(let.name) in LETTERS:  # p(x) beside p(z)
            replaced = [x for x in replaced if x.parameters == let.parameters]
        if let.what == "law":  # x = μ + σε in another section, and x has a law of its own here
            replaced += [
                x for x in self.lets if x.what == "symbol" and x.name == let.name and self.parted(x, let.start)
            ]
        if replaced and let.what == "symbol":  # u = (x - t)/s went back from another x
            replaced += [x for x in self.lets if x.what == "back" and let.name in x.mentions]
        self.lets = [x for x in self.lets if x not in replaced]
        self.lets.append(let)
        if replaced or any(let.name in x.mentions for x in self.lets if x is not let):
            self._rebuild()
        else:
            self.environment = self._with(self.environment, let)

    def imaged(self, name: str) -> bool:
        """Is it the density of what is made of a random variable?"""
        return any(x.what == "image" and x.name == name for x in self.lets)

    def take_images(self, names: Iterable[str]) -> bool:
        """Take in the densities f_Y and p(y), of those names, of variables that are made of one with a known law."""
        new = [n for n in sorted(names) if not self.imaged(n)]
        return sum(self._image(n) for n in new) + sum(self._before_its_image(n) for n in new) > 0

    def _image(self, name: str) -> bool:
        symbols = {x.name: x for x in self.lets if x.what == "symbol"}
        of = variable_of(name, symbols)
        if of is None or self.known_function(name) or name in self.environment.definitions:
            return False
        law = next((w for env in self.closed(frozenset((of,))) if (w := image_law(of, name, env)) is not None), None)
        return law is not None and self._imaged(name, symbols[of], of, law, str(law.variables[0]))

    def _before_its_image(self, name: str) -> bool:
        """p(x), beside p(y) of a y that is made of x."""
        letter, _, x = name.removesuffix(")").partition("(")
        told = next((let for let in self.lets if let.what == "law" and let.name == x), None)
        images = (y for y in self.lets if y.what == "image" and y.name.startswith(f"{letter}("))
        if told is None or not any(x in y.mentions for y in images) or name in self.environment.definitions:
            return False
        law = self.environment.random.get(x)
        return law is not None and law.arity() == 1 and self._imaged(name, told, x, law, x)

    def _imaged(self, name: str, let: Let, of: str, law: Any, by: str) -> bool:
        mentions = frozenset((of, by)) | let.mentions
        self.lets.append(Let("image", name, (of,), let.body, mentions, let.start, let.end, let.line, -1, law))
        env = replace(self.environment, functions={k: v for k, v in self.environment.functions.items() if k != name})
        if name.endswith(")"):
            y = DomainSymbol(of, env.symbols.get(of, env.default))
            self.environment = env.with_definition(name, [y], Density(law, y))
        else:
            self.environment = env.with_density(name, law)
        return True

    def retold(self, name: str, others: Iterable[str], at: int) -> bool:
        """Is Y = Z² another Y than the one whose law an earlier section told: is the law of Z told in this one?"""
        laws = {x.name: x for x in self.lets if x.what == "law"}
        if name not in laws or not self.parted(laws[name], at):
            return False
        return any(n in laws and not self.parted(laws[n], at) and laws[n].start < at for n in others)

    def forget_law(self, name: str) -> None:
        """Forget the law of X, which is something else from here on."""
        kept = [x for x in self.lets if x.what != "law" or x.name != name]
        if len(kept) < len(self.lets):
            self.lets = kept
            self._rebuild()

    def drop_law(self, density: str) -> None:
        """Forget the law of X, of which another density f_X was told."""
        whose = self.density_of(density)
        kept = [x for x in self.lets if x.what != "law" or x.name != whose]
        if whose is not None and len(kept) < len(self.lets):
            self.lets = kept
            self._rebuild()

    def forget(self, offset: int) -> None:
        """Drop what holds no longer at an offset."""
        kept = [x for x in self.lets if x.until < 0 or offset < x.until]
        if len(kept) < len(self.lets):
            self.lets = kept
            self._rebuild()

    def drop(self, lets: Iterable[Let]) -> None:
        """Take definitions out again."""
        gone = list(lets)
        if gone:
            self.lets = [x for x in self.lets if x not in gone]
            self._rebuild()

    def rebase(self, environment: Environment) -> None:
        """Declarations changed."""
        self.base = environment
        self._rebuild()

    def _rebuild(self) -> None:
        images = [x.name for x in self.lets if x.what == "image"]
        self.lets = [x for x in self.lets if x.what != "image"]
        env = self.base
        for let in self.lets:
            env = self._with(env, let)
        for let in self.lets:  # once more, with what was defined later
            later = {x.name for x in self.lets[self.lets.index(let) :]}
            if let.mentions & later and let.what != "symbol":
                env = self._with(self._without(env, let), let)
        self.environment = env
        self.take_images(images)  # of what their variables are now

    @staticmethod
    def _without(env: Environment, let: Let) -> Environment:
        if let.name not in env.definitions:
            return env
        return replace(env, definitions={k: v for k, v in env.definitions.items() if k != let.name})

    def _with(self, env: Environment, let: Let) -> Environment:
        """The environment with one more definition; the same one if it cannot be read."""
        try:
            if let.what == "inverse":
                return self._inverse(env, let)
            if let.what == "density":
                spec = env.functions.get(let.name, FunctionSpec())
                return env.with_function(let.name, replace(spec, density=True))
            if let.what == "symbol" and _letter(let.name) in LETTERS:  # p = N(0, 1), and p(x) after it
                law = value(let.body, env)
                return env.with_density(let.name, law) if isinstance(law, Law) else env
            if let.what in ("symbol", "back"):
                return env if let.name in env.letters else replace(env, letters=env.letters | {let.name})
            if let.what == "sample":
                return with_sample(env, let, value)
            if let.what == "stated":
                return as_stated(env, let)
            if let.what == "given":
                return with_given(env, let, value)
            if let.what in ("law", "label"):
                law = law_of(let.line, env) if let.given is None else let.given
                if law is None:
                    return env
                return self._law(env, let.name, law) if let.what == "law" else self._labelled(env, let, law)
            body = value(let.body, self._without(env, let))
            if body is None:
                return env
            if isinstance(body, Law):
                free = {s.name: s for s in body.free_symbols}
                if len(let.parameters) != 1 or let.parameters[0] in free:
                    return env
                env = env.with_density(_key(let), body)
                body = Density(body, DomainSymbol(let.parameters[0], _kind_at(env, let.parameters[0], body)))
            parameters = self._parameters(env, let, body)
            body = of_squares(let, parameters, plain(let, parameters, body))
            if _letter(let.name) not in LETTERS:
                return env.with_definition(let.name, parameters, body)
            if isinstance(body, Density) and body.args[1:] == tuple(parameters):
                env = shorter(env.with_density(_key(let), body.law), let.name, body)
            return env.with_definition(_key(let), parameters, body)
        except _FAILS:
            return env

    @staticmethod
    def _labelled(env: Environment, let: Let, law: Any) -> Environment:
        """P: X ~ law: P is that law, and p(x) its density."""
        name = let.parameters[0]
        key = key_of(let.name.lower(), let.parameters, ())
        x = DomainSymbol(name, _kind_at(env, name, law))
        at = (pmf(law) if law.discrete() else density(law))(x)
        return env.with_density(let.name, law).with_density(key, law).with_definition(key, [x], at)

    @staticmethod
    def _parameters(env: Environment, let: Let, body: Any) -> list[Any]:
        """The symbols of the body that are meant by the names."""
        free = {s.name: s for s in getattr(body, "free_symbols", ())}
        return [
            DomainSymbol(p.replace("^2", "_squared"), "positive")
            if p.endswith("^2")
            else free.get(p) or DomainSymbol(p, env.symbols.get(p, env.default))
            for p in let.parameters
        ]

    @staticmethod
    def _law(env: Environment, name: str, law: Any) -> Environment:
        env = env.with_random(name, law)
        for letter in _DENSITIES:
            for tail in {name, name.upper() if len(name) == 1 else name}:
                density = f"{letter}_{tail}"
                if density in env.functions:  # x ~ f_X(x), and now its law is told
                    env = replace(env, functions={k: v for k, v in env.functions.items() if k != density})
                if tail != name or letter == "q":
                    env = env.with_density(density, law)
        return env

    @staticmethod
    def _inverse(env: Environment, let: Let) -> Environment:
        spec = env.functions.get(let.body, FunctionSpec())
        back = FunctionSpec(smooth=spec.smooth, monotone=spec.monotone, inverse=let.body)
        env = env.with_function(let.body, replace(spec, inverse=let.name)).with_function(let.name, back)
        return env.with_inverse(let.body, let.name)

    def snapshot(self) -> Scope:
        """The scope as it is now."""
        out = Scope(self.base)
        out.lets, out.environment, out.seen = list(self.lets), self.environment, set(self.seen)
        out.headings, out.breaks, out.items, out.paragraphs = self.headings, self.breaks, self.items, self.paragraphs
        return out

    def besides(self, said: Iterable[Let]) -> Scope:
        """The scope in which some symbols stand for what was claimed of them, whatever defined them."""
        out = Scope(self.base)
        names = {x.name for x in said}
        out.lets = [x for x in self.lets if x.what != "symbol" or x.name not in names] + list(said)
        out.seen, out.headings, out.breaks, out.items = self.seen, self.headings, self.breaks, self.items
        out.paragraphs = self.paragraphs
        out.rebase(out.base)
        return out

    # --- closing --------------------------------------------------------------------------------------------------

    def closed(
        self, mentioned: frozenset[str], derived: bool = False, kept: frozenset[str] = frozenset()
    ) -> list[Environment]:
        """Environments in which the symbols that are mentioned, and those they rest on, are what they stand for.

        ``derived``: something is differentiated by a symbol, and ways back count too; ``kept``: these stay symbols.
        """
        symbols = [x for x in self.lets if x.what in ("symbol", "back")[: 1 + derived] and x.name not in kept]
        chosen, seen = self._reached(symbols, mentioned)
        if (again := [stepwise(x, seen) for x in symbols]) != symbols:
            chosen, _ = self._reached(again, mentioned)
        if not chosen:
            return []
        out: list[Environment] = []
        circular = any(x.name in y.mentions and y.name in x.mentions for x in chosen for y in chosen)
        for order in (chosen, chosen[::-1]) if circular else (by_use(chosen),):
            env = self._closed(order)
            if env is not None:
                out.append(env)
        # b = S/n is S/n, whatever the sum S is of
        plain = [x for x in chosen if not _SUMMED.search(x.body)]
        if plain and len(plain) < len(chosen) and (env := self._closed(by_use(plain))) is not None:
            out.append(env)
        return out

    def _reached(self, symbols: list[Let], mentioned: frozenset[str]) -> tuple[list[Let], set[str]]:
        """Of some definitions those on which what is mentioned rests; and every name on the way."""
        known = [*symbols, *(x for x in self.lets if x.what == "function")]  # functions may mention each other
        todo, seen = {*mentioned, *self._members(mentioned)}, set[str]()
        while todo:
            name = todo.pop()
            seen.add(name)
            for let in known:
                if let.name == name:
                    todo |= let.mentions - seen
        return [x for x in symbols if x.name in seen], seen

    def _members(self, mentioned: frozenset[str]) -> set[str]:
        """The w_i by which w_j is known, where that is not."""
        parts = [n.partition("_") for n in mentioned if self.symbol(n) is None]
        bases = {base for base, _, below in parts if below in INDICES}
        return {x.name for x in self.lets if x.name.partition("_")[0] in bases and x.name.partition("_")[2] in INDICES}

    def _closed(self, order: list[Let]) -> Environment | None:
        env, put_in = self.environment, 0
        taken: dict[str, set[str]] = {}
        for let in order:
            body = guarded(let.body, env)
            if body is None:
                continue
            free = {s.name for s in getattr(body, "free_symbols", ())}
            same = not free and any(_IDENTIFIED.fullmatch(x.body) for x in order if x.name in let.mentions)
            if same or let.name in free or any(let.name in used for used in taken.values()):
                continue  # a circle, or t = s/u a number for s = u only: this one stays a variable
            try:
                env = env.with_definition(let.name, (), body)
            except _FAILS:
                continue
            taken[let.name] = free
            put_in += 1
        if not put_in:
            return None
        for let in self.lets:  # functions that mention what was put in
            if let.what == "function" and let.mentions & taken.keys() - set(let.parameters):
                env = self._with(self._without(env, let), let)
        return env


def _letter(name: str) -> str:
    """The q of q_phi(z|x)."""
    return name.partition("(")[0].partition("_")[0]


def _key(let: Let) -> str:
    """What a density is called, by its bracket."""
    if _letter(let.name) not in LETTERS or let.name.endswith(")"):
        return let.name
    return key_of(let.name, let.parameters, ())


def _kind_at(env: Environment, name: str, law: Any) -> str:
    """The kind of the argument of a law's density."""
    (values,) = law.ranges()
    return index_kind(values.low) if isinstance(values, Integers) else env.symbols.get(name, env.default)


def mentioned(trees: Iterable[Any]) -> frozenset[str]:
    """Every name in some trees."""
    return frozenset().union(*(names(t) for t in trees if t is not None))
