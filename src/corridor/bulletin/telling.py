"""What a sentence has told so far: whose trade in what, when, and what its next amounts cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corridor.bulletin.claims import BALANCES, Language
from corridor.bulletin.clock import Clock
from corridor.bulletin.maker import Setting
from corridor.bulletin.parallel import Parallel
from corridor.bulletin.places import PARTNERS, Piece, Pieces, Place
from corridor.bulletin.scene import HOME, Scene
from corridor.bulletin.subject import Subject
from corridor.bulletin.tokens import Token
from corridor.codes import areas

_OWNERS = frozenset({"of", "made", "for", "pair", "between"})


@dataclass
class Telling:
    """One sentence against what the text said before.

    ``balance`` is the sign of the balance, ``sign_before`` one told before the balance was named. ``muted``, ``duty``,
    ``off_topic``, ``counted`` and ``daily`` say why the next amounts are no claims; ``off_fresh``: the clause itself
    left the topic; ``estimated``: they are claims if they are of all goods; ``paid``: what was spent is told, what was
    bought comes; ``supplied``: a supplier was told of.
    ``strong`` counts the clauses so far. ``topic`` is what the whole sentence speaks of, ``kept``: a flow went on about
    it; ``foretold``: the first amount's subject is what follows it. ``named`` are the products since the last amount,
    ``body`` what an association that speaks is one of, ``actor`` who bought or sold in a text on another's trade.
    """

    text: str
    tokens: Sequence[Token]
    pieces: Pieces
    language: Language
    scene: Scene
    subject: Subject
    clock: Clock
    balance: str = ""
    sign_before: str = ""
    muted: bool = False
    duty: bool = False
    off_topic: bool = False
    counted: bool = False
    estimated: bool = False
    daily: bool = False
    off_fresh: bool = False
    kept: bool = False
    foretold: bool = False
    body: tuple[str, str] | None = None
    paid: bool = False
    supplied: bool = False
    actor: str = ""
    strong: int = 0
    topic: tuple[str, str] | None = None
    named: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], pieces: Pieces, language: Language, scene: Scene) -> Telling:
        """What holds before a sentence's first word: what the last one left."""
        told = (Subject.of(scene), Clock.of(scene))
        return cls(text, tokens, pieces, language, scene, *told, off_topic=scene.off_topic, balance=scene.balance)

    def setting(self, subject: Subject, listed: Parallel | None) -> Setting:
        """What a claim about ``subject``, or about a list's member, is made from."""
        return Setting(self.text, self.tokens, self.language, self.scene, subject, listed)

    def part(self) -> None:
        """A clause ended: what follows may speak of something else."""
        self.subject.part()
        self.muted = self.counted = self.estimated = False
        self.strong += 1

    def speak_of(self, place: Place) -> None:
        """Keeps in mind the country that "there", "this country" means: no owner, whose trade is told anyway."""
        self.scene.heard.add(place.code)
        told = place.role in _OWNERS or (place.code == HOME[self.language] and place.role not in PARTNERS)
        if not told and areas.area(place.code).kind == "country":
            self.scene.about = place.code
        elif place.role == "" and place.code == HOME[self.language]:
            self.scene.homeland = place.code

    def flow_of(self, word: Piece) -> str:
        """The flow of a word: «на 12 млн поставлено чая» in a list of imports tells of them, if no place tells."""
        moves = bool(word.slot("moves")) and not word.slot("sure")
        placed = any(isinstance(piece, Place) for piece in self.pieces)
        return (self.scene.sole if moves and not placed else "") or word.value

    def take_flow(self, value: str) -> None:
        """A flow is named, or a balance with its sign."""
        self.off_topic = False
        if (
            value == "turnover"
            and self.subject.flow == "balance"
            and self.subject.fresh_flow
            and not self.subject.spent
        ):
            return
        if value in BALANCES:
            # «Сальдо … отрицательное», "cán cân … thâm hụt": the sign may come in a second word.
            told = self.sign_before or ("" if self.subject.spent else self.balance)
            self.balance = value if value != "balance" else told or value
            self.sign_before, value = "", "balance"
        self.subject.take_flow(value)

    def take_product(self, code: str, i: int, j: int) -> None:
        """A group is named by tokens ``i`` up to, not including, ``j``."""
        self.named.append((code, self.words(i, j)))
        self.subject.take_product(*self.named[-1])

    def words(self, i: int, j: int) -> str:
        """The text of tokens ``i`` up to, not including, ``j``."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]
