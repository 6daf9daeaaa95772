"""The tree of a scorecard's file to a scorecard, under every rule of the format."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import yaml

from scoring.scorecard import (
    YES_NO,
    Channel,
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Option,
    Scorecard,
    Section,
    Wording,
)
from scoring.scorecard_fields import FALSE, TRUE, FieldReader, Fields, nearest
from scoring.scorecard_problems import ProblemCode, Problems
from scoring.scorecard_yaml import line_of

MAX_SCORECARD_TITLE = 60
MAX_SECTION_TITLE = 80
MAX_TITLE = 120
MAX_GUIDE = 600
MAX_LABEL = 30
MAX_REASON = 60
MAX_ADVICE = 400
MAX_CRITERIA = 200
MAX_REASONS = 12
MIN_OPTIONS, MAX_OPTIONS = 2, 10

SCORECARD = ("key", "title", "channels", "sections")
SECTION = ("title", "weight", "criteria")
CRITERION = (
    "key",
    "title",
    "guide",
    "weight",
    "scale",
    "na",
    "rest_na",
    "justify",
    "critical",
    "effect",
    "reasons",
    "advice",
    "only_if",
)
EFFECTS = tuple(kind.value for kind in EffectKind if kind is not EffectKind.CAP)


def build(root: yaml.Node) -> Scorecard:
    """Return the scorecard that *root* describes; raise ``ScorecardError`` with all problems."""
    problems = Problems()
    scorecard = _Builder(FieldReader(problems), [], {}).scorecard(root)
    problems.raise_if_any()
    return scorecard


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion as it was read, with the node of its condition, which may look back alone."""

    criterion: Criterion
    only_if: yaml.Node | None


@dataclass(frozen=True, slots=True)
class _Builder:
    """Reads from the top down; ``asked`` are the criteria so far, ``lines`` where keys stand."""

    read: FieldReader
    asked: list[_Asked]
    lines: dict[str, int]

    def scorecard(self, root: yaml.Node) -> Scorecard:
        fields = self.read.fields(root, "", known=SCORECARD, required=SCORECARD)
        sections = tuple(self._section(node) for node in self._some(fields, "sections"))
        self._few_enough(fields.line, "criteria", len(self.asked), MAX_CRITERIA)
        conditions = self._conditions()
        key = fields.get("key")
        return Scorecard(
            key=self.read.key(key) if key else "",
            title=self._name(fields, "title", MAX_SCORECARD_TITLE),
            channels=self._channels(fields),
            sections=tuple(
                replace(
                    section,
                    criteria=tuple(
                        replace(each, only_if=conditions.get(each.key)) for each in section.criteria
                    ),
                )
                for section in sections
            ),
        )

    def _channels(self, fields: Fields) -> tuple[Channel, ...]:
        channels: list[Channel] = []
        for node in self._some(fields, "channels"):
            channel = self.read.choice(node, "channels", Channel)
            if channel in channels:
                self._note(node, ProblemCode.DUPLICATE_ITEM, "channels", value=channel)
            elif channel is not None:
                channels.append(channel)
        return tuple(channels)

    def _section(self, node: yaml.Node) -> Section:
        fields = self.read.fields(node, "sections", known=SECTION, required=SECTION)
        title = self._name(fields, "title", MAX_SECTION_TITLE)
        weight = self._weight(fields)
        criteria = tuple(self._criterion(each) for each in self._some(fields, "criteria"))
        return Section(title, weight, criteria)

    def _criterion(self, node: yaml.Node) -> Criterion:
        required = ("key", "title", "scale")
        fields = self.read.fields(node, "criteria", known=CRITERION, required=required)
        na = fields.get("na")
        allowed = self.read.flag(na, "na") if na else True
        options = self._options(fields.get("scale"))
        criterion = Criterion(
            key=self._unique_key(fields),
            title=self._name(fields, "title", MAX_TITLE),
            options=options,
            weight=self._weight(fields),
            guide=self._wording(fields, "guide", MAX_GUIDE, lines=True),
            yes_no=options is YES_NO,
            na=allowed,
            rest_na=self._rest_na(fields.get("rest_na"), allowed=allowed),
            justify=self.read.choice(fields.get("justify"), "justify", Justify)
            or Justify.BELOW_BEST,
            critical=self.read.choice(fields.get("critical"), "critical", CriticalClass),
            effect=self._effect(fields.get("effect")),
            reasons=self._reasons(fields.get("reasons")),
            advice=self._wording(fields, "advice", MAX_ADVICE, lines=True),
        )
        self.asked.append(_Asked(criterion, fields.get("only_if")))
        return criterion

    def _rest_na(self, node: yaml.Node | None, *, allowed: bool) -> bool:
        """Return whether All met leaves the criterion N/A, which must be *allowed* there."""
        rest = self.read.flag(node, "rest_na") if node is not None else False
        if node is not None and rest and not allowed:
            self._note(node, ProblemCode.REST_WITHOUT_NA, "rest_na")
        return rest

    def _unique_key(self, fields: Fields) -> str:
        node = fields.get("key")
        if node is None:
            return ""
        key = self.read.key(node)
        if key in self.lines:
            self._note(node, ProblemCode.DUPLICATE_CRITERION, key, first=self.lines[key])
        self.lines.setdefault(key, line_of(node))
        return key

    def _weight(self, fields: Fields) -> Fraction:
        node = fields.get("weight")
        if node is None:
            return Fraction(1)
        weight = self.read.number(node, "weight")
        if weight <= 0:
            written = self.read.text(node, "weight")
            self._note(node, ProblemCode.NOT_POSITIVE, "weight", value=written)
        return weight

    def _options(self, node: yaml.Node | None) -> tuple[Option, ...]:
        """Return the scale's options, ``YES_NO`` itself for that scale."""
        if node is None:
            return YES_NO
        if isinstance(node, yaml.ScalarNode):
            written = self.read.text(node, "scale")
            if written != "yes_no":
                self.read.unknown(node, "scale", written, ["yes_no"])
            return YES_NO
        nodes = self.read.items(node, "scale")
        if isinstance(node, yaml.SequenceNode):
            self._enough(node, "scale", len(nodes), MIN_OPTIONS)
            self._few_enough(line_of(node), "scale", len(nodes), MAX_OPTIONS)
        labels: set[str] = set()
        options: list[Option] = []
        for each in nodes:
            before = options[-1].points if options else None
            options.append(self._option(each, before, labels))
        return tuple(options) or YES_NO

    def _option(self, node: yaml.Node, before: Fraction | None, labels: set[str]) -> Option:
        """Return an option; *before* are the points of the better one, *labels* those taken."""
        names = ("label", "points")
        fields = self.read.fields(node, "scale", known=names, required=names)
        label = self._name(fields, "label", MAX_LABEL)
        own = {text.casefold() for _, text in label.by_language} - {""}
        for taken in sorted(own & labels):
            self._note(node, ProblemCode.DUPLICATE_LABEL, taken)
        labels |= own
        points = fields.get("points")
        if points is None:
            return Option(label, before - 1 if before is not None else Fraction(1))
        return Option(label, self._points(points, before))

    def _points(self, node: yaml.Node, before: Fraction | None) -> Fraction:
        points = self.read.number(node, "points")
        written = self.read.text(node, "points")
        if before is None and points <= 0:
            self._note(node, ProblemCode.NOT_POSITIVE, "points", value=written)
        elif points < 0:
            self._note(node, ProblemCode.NEGATIVE, "points", value=written)
        elif before is not None and points >= before:
            self._note(node, ProblemCode.POINTS_NOT_FALLING, "points", value=written, before=before)
        return points

    def _effect(self, node: yaml.Node | None) -> Effect:
        if node is None:
            return Effect()
        if isinstance(node, yaml.ScalarNode):
            written = self.read.text(node, "effect")
            if written in EFFECTS:
                return Effect(EffectKind(written))
            self.read.unknown(node, "effect", written, [*EFFECTS, "{cap: 50}"])
            return Effect()
        cap = self.read.fields(node, "effect", known=("cap",), required=("cap",)).get("cap")
        if cap is None:
            return Effect()
        limit = self.read.number(cap, "cap")
        if not 0 <= limit <= 100:
            written = self.read.text(cap, "cap")
            self._note(cap, ProblemCode.CAP_OUT_OF_RANGE, "cap", value=written)
        return Effect(EffectKind.CAP, limit)

    def _reasons(self, node: yaml.Node | None) -> tuple[Wording, ...]:
        nodes = self.read.items(node, "reasons")
        if node is not None:
            self._few_enough(line_of(node), "reasons", len(nodes), MAX_REASONS)
        return tuple(self.read.wording(each, "reasons", MAX_REASON) for each in nodes)

    def _wording(
        self, fields: Fields, name: str, limit: int, *, lines: bool = False
    ) -> Wording | None:
        node = fields.get(name)
        return None if node is None else self.read.wording(node, name, limit, lines=lines)

    def _name(self, fields: Fields, name: str, limit: int) -> Wording:
        return self._wording(fields, name, limit) or Wording.plain("")

    def _conditions(self) -> dict[str, Condition]:
        """Return the conditions by the key of the criterion that has one."""
        earlier: dict[str, Criterion] = {}
        conditions: dict[str, Condition] = {}
        for asked in self.asked:
            if asked.only_if is not None:
                condition = self._condition(asked.only_if, earlier)
                if condition is not None:
                    conditions[asked.criterion.key] = condition
            earlier.setdefault(asked.criterion.key, asked.criterion)
        return conditions

    def _condition(self, node: yaml.Node, earlier: dict[str, Criterion]) -> Condition | None:
        names = ("criterion", "option")
        fields = self.read.fields(node, "only_if", known=names, required=names)
        key, option = fields.get("criterion"), fields.get("option")
        if key is None or option is None:
            return None
        name = self.read.text(key, "criterion")
        if name in earlier:
            number = self._option_number(option, earlier[name])
            return None if number is None else Condition(name, number)
        if name in self.lines:
            self._note(key, ProblemCode.LATER_CRITERION, name)
        else:
            meant = nearest(name, list(earlier))
            self._note(key, ProblemCode.UNKNOWN_CRITERION, name, meant=meant)
        return None

    def _option_number(self, node: yaml.Node, criterion: Criterion) -> int | None:
        """Return the number of the option that is named by its label in any language."""
        written = self.read.text(node, "option").casefold()
        for number, option in enumerate(criterion.options):
            if any(text.casefold() == written for _, text in option.label.by_language):
                return number
        if criterion.yes_no and written in TRUE | FALSE:
            return criterion.best if written in TRUE else criterion.worst
        allowed = ", ".join(option.label.say("en") for option in criterion.options)
        self._note(node, ProblemCode.UNKNOWN_OPTION, written, allowed=allowed)
        return None

    def _some(self, fields: Fields, name: str) -> Sequence[yaml.Node]:
        """Return the items of a list that may not be empty."""
        node = fields.get(name)
        nodes = self.read.items(node, name)
        if isinstance(node, yaml.SequenceNode):
            self._enough(node, name, len(nodes), 1)
        return nodes

    def _enough(self, node: yaml.Node, name: str, count: int, limit: int) -> None:
        if count < limit:
            self._note(node, ProblemCode.TOO_FEW, name, count=count, limit=limit)

    def _few_enough(self, line: int, name: str, count: int, limit: int) -> None:
        if count > limit:
            self.read.problems.add(line, ProblemCode.TOO_MANY, name, count=count, limit=limit)

    def _note(self, node: yaml.Node, code: ProblemCode, subject: str, **detail: object) -> None:
        self.read.problems.add(line_of(node), code, subject, **detail)
