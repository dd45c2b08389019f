"""A document read from its beginning to its end: what it defines, what it assumes, what it claims."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from symrep.checking.anew import introduced
from symrep.checking.attitudes import EARNEST, not_meant
from symrep.checking.bare import numbers_ahead
from symrep.checking.called_laws import laws_told
from symrep.checking.cases import Case, cases_at, over, told
from symrep.checking.conditional import asked, solved
from symrep.checking.cues import LASTING, ONCE, Cue, cue_of, paragraph_end, sentence_end, values_after, where_clause
from symrep.checking.declared import environment_of, macros_at, redefined, with_symbol
from symrep.checking.facts import Fact
from symrep.checking.images import densities_in, letters_of, one_letter
from symrep.checking.implied import lengths_in, matrices_of, positive_parameters
from symrep.checking.independence import Independence
from symrep.checking.inverses import inverse_let, only_told, through_the_function
from symrep.checking.kinds import counts, drawn, kinds_in, merged, said_in_formulas, smooth_in, torn, variable_e
from symrep.checking.laws import bounds_of, is_density, kinds_of, law_latex, told_beside
from symrep.checking.left_over import asides, unread
from symrep.checking.model import ELSEWHERE, Chain, Link, Survey, Unchecked
from symrep.checking.names import head_of, latex_name, uses
from symrep.checking.normals import any_constants, factorised, generally, spoken_generally
from symrep.checking.others import of_another_law
from symrep.checking.parts import part
from symrep.checking.pragmas import Directives, read_pragmas
from symrep.checking.prose import read_prose
from symrep.checking.recognising import told_by_density
from symrep.checking.rows import chains_of
from symrep.checking.samples import ranges_in, samples_in
from symrep.checking.scope import Let, Scope
from symrep.checking.settling import Settled, settle
from symrep.checking.smoothness import smooth_where_primed
from symrep.checking.solving import solved_for
from symrep.checking.standard import standard_lets
from symrep.checking.stated import left_stated, take_stated
from symrep.checking.together import told_together
from symrep.checking.twofold import both_in, letters_taken, named_pi, renamed
from symrep.checking.variants import read_again, said_by, side_of
from symrep.checking.worded import worded
from symrep.errors import SymrepError
from symrep.reading.documents import Document, Formula
from symrep.reading.latex import Reading, read
from symrep.reading.latex.below import written_too
from symrep.reading.latex.habits import integrated_in
from symrep.symbols import DomainSymbol

__all__ = ["Surveyor"]

_WORDS: Final = re.compile(r"\\?(?!(?:[gl]eq?|[gl]t|neq?|frac|sqrt|log|ln|exp)(?![A-Za-z]))(?<![A-Za-z])[A-Za-z]+")
_LONGEST: Final = 10_000
_NEVER: Final = 1 << 60
#: what these words introduce is over when its sentence is
_CONDITIONAL: Final = ("if", "when", "whenever", "unless")


class Surveyor:
    """Reads a document. ``passed`` are numbers of formulas that are not to be touched, and why."""

    def __init__(
        self,
        document: Document,
        passed: dict[int, str] | None = None,
        on_formula: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.document = document
        self.passed, self.on_formula = passed or {}, on_formula
        self.directives: Directives = read_pragmas(document.pragmas, document.source)
        self.survey = Survey(errors=list(self.directives.errors))
        self.skipped = {k for k, f in enumerate(document.formulas) if self.directives.skips(f.start)}
        said = said_in_formulas(document, self.skipped | set(self.passed))
        said += smooth_where_primed(document)
        self.facts: list[Fact] = [*self.directives.facts, *read_prose(document), *letters_taken(document), *said]
        self.kinds, self.behind = merged(self.facts)
        random = drawn(document) - {f.name for f in self.facts if f.declared}
        self.kinds = {name: kind for name, kind in self.kinds.items() if name not in random}
        variables = [f.name for f in self.facts if f.what == "variable"]
        for name in [*variables, "e"] if variable_e(document) else variables:
            self.kinds.setdefault(name, "real")
        for name in (*counts(document), *(let.parameters[0] for let in samples_in(document))):
            self.kinds.setdefault(name, "positive integer")
        base = environment_of(document, self.facts, self.kinds)
        self.scope = Scope(replace(base, ranges=ranges_in(document)))
        self._general, self._constants = spoken_generally(document.words.text), any_constants(document)
        part(self.scope, document.source.text)
        self._independence, self._worded = Independence(document, self.scope.headings), worded(document)
        #: relations in force: LaTeX, the offset where they end (-1: nowhere, -2 - n: nowhere, said in a paragraph that
        #: ends at n), where they stand
        self.relations: list[tuple[str, int, int]] = []
        #: relations whose paragraph is over; a line that is wrong only where they fail is not called wrong
        self.passed_relations: list[str] = []
        self._cases: set[str] = set()
        #: that the parameters of laws nobody knows are positive
        self.positive: list[str] = []
        #: relations between the parameters of the laws that were told: a < b
        self.bounds: list[Any] = []
        #: what was said for one sentence: LaTeX, where the sentence ends, where its paragraph ends
        self._lapsing: list[tuple[str, int, int]] = []
        #: special cases that were told, what single names were claimed to be, every relation with its place
        self._cases_told: list[Case] = []
        self._said: list[Let] = []
        #: that what was integrated to from 0 is positive
        self._lengths: list[str] = []
        self._orders: list[tuple[str, int]] = []
        self._chains = 0
        self._done: set[int] = set()
        self._macros = redefined(document)
        self._pi, self._letters = False, letters_of(f.body.text for f in document.formulas)
        self._samples = samples_in(document)[::-1]
        self._told_at = {let.start for let in self._samples}
        #: laws told of what had another one before, the last first
        self._later: list[Fact] = []

    # --- declarations ---------------------------------------------------------------------------------------------

    def _declared_laws(self) -> None:
        for f in self.facts:
            if f.what == "law":
                told = [x for x in self.facts if x.what == "law" and x.name == f.name]
                if f.declared or f is told[0] or all(x.value == f.value for x in told):
                    self._declared_law(f)
                else:  # X is standard normal, and further on X is uniform
                    self._later.append(f)
            elif f.what == "law if" and (latex := law_latex(f.value)) is not None:  # told for a while
                line = rf"{latex_name(f.name)} \sim {latex}"
                self.survey.told.append(Let("law", f.name, (), latex, frozenset(), f.start, f.end, line))
            elif f.what == "relation":
                self._relation(f.value, -1, f.start)
        for let in standard_lets(self.document):
            self.scope.rebase(replace(self.scope.base, called=self.scope.base.called | {let.name}))
            self.scope.add(let)
        self._later.sort(key=lambda f: f.start, reverse=True)

    def _sampled(self, let: Let) -> None:
        self.survey.lets.append(let)
        self.scope.add(let)
        sample = self.scope.environment.samples.get(let.name)
        self._parameters(sample.law if sample is not None else None)

    def _declared_law(self, f: Fact) -> None:
        latex = law_latex(f.value)
        if latex is not None:
            line = rf"{latex_name(f.name)} \sim {latex}"
            what = "symbol" if not f.declared and is_density(self.document, f.name) else "law"
            self.scope.add(Let(what, f.name, (), latex, frozenset(), f.start, f.end, line))

    # --- the walk -------------------------------------------------------------------------------------------------

    def run(self) -> Survey:
        """Read everything."""
        self._declared_laws()
        for k in range(len(self.document.formulas)):
            for early in where_clause(self.document, k):
                if early not in self._done:
                    self._one(early)
            if k not in self._done:
                self._one(k)
        for n in self.document.left_out:
            self.survey.unchecked.append(Unchecked(n.start, n.end, n.text, n.reason, "left-out", n.cell))
        self.survey.lets += [
            x for x in self.scope.lets if x not in self.survey.lets and x.what not in ("back", "image")
        ]
        self.survey.lets.sort(key=lambda x: (x.start, x.end))
        self.survey.unchecked.sort(key=lambda u: (u.at, u.to))
        if any(n.op == "=" and factorised(n.left.tree, n.right.tree) for n in self.survey.links):
            for link in self.survey.links:
                link.general -= {"densities"}
        for link in self.survey.links:  # what the rest of its sentence says of when it holds
            end, stop = self.document.formulas[link.right.formula].end, sentence_end(self.document, link.right.formula)
            link.later = [r for r, at in self._orders if end < at < stop and r not in link.relations]
            link.later += [w.latex for w in self._worded if w.of == link.right.formula]
            link.cases += values_after(self.document, link.right.formula)
        self.survey.links.sort(key=lambda n: (n.right.at, n.right.to))
        return self.survey

    def _one(self, k: int) -> None:
        self._done.add(k)
        f = self.document.formulas[k]
        if k in self.passed:
            self._leave(f, self.passed[k], "budget")
            return
        if k in self.skipped:
            self._leave(f, "skipped: the author asked for it", "wanted")
            return
        if not f.body.text.strip():
            return
        if len(f.body.text) > _LONGEST:
            self._leave(f, f"a formula of more than {_LONGEST} characters", "size")
            return
        self.on_formula(k)
        while self._later and self._later[-1].start <= f.start:
            self._declared_law(self._later.pop())
        if self._macros and self._macros[0][0] <= f.start:
            self.scope.rebase(macros_at(self.scope.base, self._macros, f.start))
        while self._samples and self._samples[-1].start <= f.start:
            self._sampled(self._samples.pop())
        self.scope.forget(f.start)
        passed, general = over(self.document, k, self.scope.lets, self.scope.headings)
        self._lapsing += [(x.line, f.start + (x in general), _NEVER) for x in (*passed, *general)]
        self.scope.drop((*passed, *general, *introduced(self.document, k, self.scope)))
        told = self._independence.at(f.start, {x.name for x in self.scope.lets if x.what == "symbol"})
        if told != self.scope.base.independent:
            self.scope.rebase(replace(self.scope.base, independent=told))
        ended = [r[0] for r in self.relations if 0 <= r[1] <= f.start]
        self.passed_relations += [r for r in ended if r not in self._cases]
        self.relations = [r for r in self.relations if r[1] < 0 or f.start < r[1]]
        try:
            self._formula(k, f)
        except (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as e:
            self._leave(f, f"not read: {type(e).__name__}: {str(e)[:160]}", "internal")

    def _leave(self, f: Formula, reason: str, code: str) -> None:
        latex = " ".join(f.body.text[:400].split())
        self.survey.unchecked.append(Unchecked(f.start, f.end, latex, reason, code, f.cell, code == "wanted"))

    def _formula(self, k: int, f: Formula) -> None:
        cue = cue_of(self.document, k)
        if (kinds := kinds_in(f.body.text)) or smooth_in(f.body.text) is not None:
            if any(torn(n, self.kinds, self.behind) for n, _ in kinds):  # x < 0 here and x > 0 there
                until = (sentence_end if cue.says == "assume" else paragraph_end)(self.document, k)
                self.relations = [
                    r for r in self.relations if not {n for n, _ in kinds_in(r[0])} & {n for n, _ in kinds}
                ]
                self.relations.append((f.body.text, until, f.start))
                self._orders.append((f.body.text, f.start))
            return
        reading = read(f.body.text, self.scope.environment)
        base = self.scope.base
        over = integrated_in(s.tree for st in reading.statements for s in st.sides if s.tree is not None)
        both = both_in(reading, f.body.text, self.scope.environment)
        both |= numbers_ahead(self.document, k, reading, self.scope.environment, self.scope.headings)
        if both - base.called:
            self.scope.rebase(replace(base, called=base.called | both))
            reading, base = read(f.body.text, self.scope.environment), self.scope.base
        if (written := written_too(base, reading)) is not None:
            self.scope.rebase(base := replace(base, written=written))
        if reading.indexed - base.indexed or over - base.integrated:
            self.scope.rebase(replace(base, indexed=base.indexed | reading.indexed, integrated=base.integrated | over))
        spoken = {n for st in reading.statements for x in st.sides if x.tree is not None for n in densities_in(x.tree)}
        if self.scope.take_images(one_letter(spoken, self._letters)):
            reading = read(f.body.text, self.scope.environment)
        self.survey.lets += laws_told(self.document, k, reading, self.scope)
        until = paragraph_end(self.document, k)
        chains = chains_of(k, f, reading)
        links: list[Link] = []
        defined: set[int] = set()
        together, doubted = solved(chains, cue), not_meant(self.document, k)
        for chain in chains:
            environment = self.scope.environment
            if take_stated(self.document, k, chain, self.scope):
                self._refresh(k, chains, read(f.body.text, self.scope.environment))
            sentence = sentence_end(self.document, k)
            once, special = sentence if cue.word in ONCE else until, until if cue.word in LASTING else sentence
            settled = settle(chain, cue, self.scope, not f.display, once, special)
            if cue.word != "at" and cue.says != "let":  # a value at a point is over with its sentence
                self._lapsing += [(x.line, x.until, until) for x in settled.lets if x.until >= 0]
            settled.lets += told_beside(chain, f, self.scope.environment.random)
            settled.solve = settled.solve or together or doubted
            if doubted not in EARNEST and settled.lets:
                self._leave(f, doubted, "aside")
            if doubted not in EARNEST:
                settled.lets, settled.relations = [], []
            only_told(chain, settled, self.scope)
            if cue.says != "let":  # what is put or written is no case among others
                self._cases_told += told(self.document, k, chain, cue.word in ONCE - {"case"})
            links += self._links(chain, settled, cue, f)
            self._inverses(chain)
            self.survey.unchecked += asides(chain, settled, f)
            self._note(chain, settled, until, cue, sentence)
            defined |= {id(chain.places[i]) for i in settled.defined}
            if self.scope.environment is not environment:
                reading = read(f.body.text, self.scope.environment)
                self._refresh(k, chains, reading)
        self._pi = self._pi or named_pi(links)
        if self._pi:
            renamed(links)
        self._variants(f, links)
        for chain in left_stated(chains, self.scope):  # and what f is from here on
            more = settle(chain, cue, self.scope, not f.display, until, until).lets
            self.survey.lets += more
            for let in more:
                self.scope.add(let)
        self._lengths += lengths_in(f.body.text)
        self.survey.unchecked += unread(f, chains, links, defined, self._told_at)
        for chain in chains:
            for p in chain.places:
                self.scope.seen |= uses(p)
        for g in {id(g): g for g in reading.guesses}.values():
            start, end = f.body.source(min(g.start, len(f.body)), min(g.end, len(f.body)))
            self.survey.guesses.append((start, end, g))
        self.survey.links += links

    def _inverses(self, chain: Chain) -> None:
        """Take in f^{-1}(x) = …: it is claimed, and stands for what it is from there on."""
        for left, sign, right in zip(chain.places, chain.signs, chain.places[1:], strict=False):
            let = inverse_let(left, right, self.scope) if sign.op == "=" else None
            if let is not None:
                self.scope.add(let)
                self.scope.rebase(self.scope.base.with_inverse(let.name.removesuffix("inverse"), let.name))

    def _refresh(self, k: int, chains: list[Chain], reading: Reading) -> None:
        """What was read again after something was defined."""
        for chain in chains:
            for p in chain.places:
                side = side_of(reading, p)
                if side is not None:
                    p.parsed = side

    def _note(self, chain: Chain, settled: Settled, until: int, cue: Cue, sentence: int) -> None:
        """Take in what a chain defines and assumes; what *let* says of a symbol lasts beyond its paragraph, an equation
        after *if* to the end of its sentence."""
        for name in matrices_of(chain):
            if name not in self.scope.base.matrices:
                self.scope.rebase(self.scope.base.with_matrix(name))
        self.positive += [r for r in positive_parameters(chain, self.document) if r not in self.positive]
        for let in settled.lets:
            if let.until < 0 and let.what != "back":
                self.survey.lets.append(let)
            if cue.word == "density" and self.scope.another(let.name, let.start):
                self.scope.drop_law(let.name)
            if let.what == "symbol" and self.scope.retold(let.name, let.mentions, let.start):
                self.scope.forget_law(let.name)
            self.scope.add(let)
            if let.what in ("law", "label"):
                known = self.scope.environment.random if let.what == "law" else self.scope.environment.densities
                self._parameters(known.get(let.name))
            elif let.what == "symbol" and let.name in self.scope.environment.densities:  # q = N(m, s²)
                self._parameters(self.scope.environment.densities[let.name])
            elif let.what in ("function", "symbol") and let.until < 0:
                self._kinds_of(chain, let)
            if (law := told_by_density(let, self.scope, self.document)) is not None:
                self.scope.add(law)
        word = cue.word.lower()
        lasting = cue.says == "let" and word == "let"
        for a, b in settled.relations:
            left, right = chain.places[a], chain.places[b]
            text = self.document.formulas[left.formula].body.text[left.start : right.end]
            equation = word in ONCE and any(x.op == "=" for x in chain.signs[a:b])
            self._relation(text, sentence if equation else until, left.at, lasting)
            if word in _CONDITIONAL:
                self._cases.add(text)

    def _parameters(self, law: Any) -> None:
        """What the parameters of a law are taken to be, they are in the rest of the document, too."""
        for relation in bounds_of(law):
            if relation not in self.bounds:
                self.bounds.append(relation)
        for name, kind in kinds_of(law):
            if name not in self.kinds and name not in self.scope.environment.symbols:
                self.kinds[name] = kind
                self.scope.rebase(with_symbol(self.scope.base, name, kind))

    def _kinds_of(self, chain: Chain, let: Let) -> None:
        """What was taken for a whole number in a definition is one in the rest of the document."""
        for p in chain.places:
            if p.latex == let.body and p.parsed.expr is not None:
                for s in sorted(getattr(p.parsed.expr, "free_symbols", ()), key=str):
                    if not isinstance(s, DomainSymbol):
                        continue
                    kind, name = s.kind, s.name
                    known = name in self.kinds or name in self.scope.environment.symbols or name in let.parameters
                    if "integer" in kind and not known:
                        self.kinds[name] = kind
                        self.scope.rebase(with_symbol(self.scope.base, name, kind))

    def _relation(self, latex: str, until: int, at: int, lasting: bool = False) -> None:
        for name, kind in kinds_in(latex):
            if name not in self.kinds:
                self.kinds[name] = kind
                self.scope.rebase(with_symbol(self.scope.base, name, kind))
        if kinds_in(latex):
            return
        if lasting and until >= 0:  # until a later paragraph lets the symbol be something else
            words = set(_WORDS.findall(latex))
            self.relations = [
                r for r in self.relations if r[1] >= -1 or at < -2 - r[1] or not words & set(_WORDS.findall(r[0]))
            ]
            until = -2 - until
        self.relations.append((latex, until, at))
        self._orders.append((latex, at))

    def _links(self, chain: Chain, settled: Settled, cue: Cue, f: Formula) -> list[Link]:
        out = []
        self._chains += 1
        ignored = self._ignored_before
        head = head_of(chain.places[0])
        for a, b, op, sign in settled.pairs:
            left, right = chain.places[a], chain.places[b]
            if head is not None and head.parameters:
                left.argument = right.argument = head.parameters[0]
            at = f.body.source(min(chain.signs[sign].start, len(f.body)), min(chain.signs[sign].end, len(f.body)))[0]
            solve = solved_for(self.document, self.scope, chain, settled, cue, (a, b, op))
            other = of_another_law(self.document, chain.places[0], self.scope.environment.random)
            solve = solve or (
                ELSEWHERE if op == "=" and a == 0 and self._elsewhere(head, left.at, frozenset(uses(right))) else ""
            )
            solve = solve or asked(left, op, right, len(chain.places) == 2, cue, self.scope) or other
            if not solve and op == "=" and len(chain.places) == 2 and not f.display:
                solve = told_together(self.document, left.formula, self.scope, left)
            # what a side defines is no line to compare the side with, nor is what an order separates from it
            first = max((x + 1 for x in range(a) if chain.signs[x].op != "="), default=0)
            removed = {*settled.defined, *settled.implicit} - {a}
            before = [chain.places[x] for x in range(first, a + 1) if x not in removed]
            link = Link(self._chains, left, op, right, at, before, list(chain.conditions), ignored(right.at), solve)
            out.append(replace(link, bounds=list(self.bounds)))
        return out

    def _elsewhere(self, head: Any, at: int, used: frozenset[str]) -> bool:
        """Is a side the name of what another section defined, or p(x) for a p that was a law there, of other names?"""
        let = self.scope.symbol(head.name) if head is not None else None
        if let is not None and head.parameters and (self.scope.function(head.name) or let.mentions & used):
            return False
        return let is not None and (
            self.scope.parted(let, at) or any(let.end <= i <= at for i in self.scope.items)  # or another item of a list
        )

    def _ignored_before(self, at: int) -> bool:
        """Is this the first step after a pragma that asks to ignore it?"""
        for offset in list(self.directives.ignored):
            if offset < at:
                self.directives.ignored.remove(offset)
                return True
        return False

    def _variants(self, f: Formula, links: list[Link]) -> None:
        """Every place of the links as it reads with symbols closed, too."""
        if not links:
            return
        read_again(f.body.text, links, self.scope, self._said)
        self._said = said_by(links, self._said, self.scope.lets)
        number = links[0].right.formula
        cases, snapshot = cases_at(self.document, number, self._cases_told), self.scope.snapshot()
        for n in links:
            through_the_function(n)
        for i, n in enumerate(links):
            n.around = [p for m in links[:i] if m.chain != n.chain for p in (m.left, m.right)]
            n.relations = [r for r, _, _ in self.relations]
            n.relations += [w.latex for w in self._worded if w.at <= f.start < w.until]
            n.met, n.scope, n.constants = frozenset(self.scope.seen), snapshot, self._constants
            n.general = generally(self.document, number, n, self._general)
            lapsed = [line for line, until, end in self._lapsing if until <= f.start < end]
            n.values = [x.line for x in self.scope.lets if x.what == "symbol" and f.start < x.until]
            n.meant, (n.cases, n.case_said) = list(self.positive), cases
            passed = dict.fromkeys((*self.passed_relations, *lapsed, *self._lengths))
            n.passed = [r for r in passed if r not in n.relations]
