"""What is wrong with a scorecard's file, in words: the line and the mistake."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.views.screen import fit
from handlers.words import N_, Words
from scoring.scorecard_problems import Problem, ProblemCode

SENTENCES = {
    ProblemCode.TOO_LARGE: N_("the file is larger than {limit} bytes"),
    ProblemCode.CONTROL_CHARACTER: N_("the character {character} may not stand in a text"),
    ProblemCode.NOT_YAML: N_("this cannot be read as YAML, from column {column}"),
    ProblemCode.EMPTY: N_("the file is empty"),
    ProblemCode.SEVERAL_DOCUMENTS: N_(
        "a second document begins here; one file holds one scorecard"
    ),
    ProblemCode.ALIAS: N_("anchors and aliases such as “{subject}” are not allowed"),
    ProblemCode.TOO_DEEP: N_("lists are nested more than {limit} deep"),
    ProblemCode.OVERFULL: N_("the file holds more than {limit} texts, numbers and lists"),
    ProblemCode.NOT_A_MAPPING: N_("“{subject}” needs name: value pairs"),
    ProblemCode.NOT_A_LIST: N_("“{subject}” needs a list"),
    ProblemCode.NOT_TEXT: N_("“{subject}” needs a single text"),
    ProblemCode.MISSING: N_("“{subject}” is missing"),
    ProblemCode.UNKNOWN_KEY: N_("“{subject}” is not known here"),
    ProblemCode.DUPLICATE_KEY: N_("“{subject}” was given before, in line {first}"),
    ProblemCode.BLANK: N_("“{subject}” has no words"),
    ProblemCode.TOO_LONG: N_("“{subject}” has {length} characters, at most {limit} fit"),
    ProblemCode.BAD_KEY: N_(
        "“{value}” is no key: use small Latin letters, digits and _, a letter first, up to 40"
    ),
    ProblemCode.UNKNOWN_VALUE: N_("“{subject}” cannot be “{value}”; it can be {allowed}"),
    ProblemCode.UNKNOWN_LANGUAGE: N_("“{subject}” is no language of ours; known are {allowed}"),
    ProblemCode.NOT_TRUE_FALSE: N_("“{subject}” is “{value}” but must be true or false"),
    ProblemCode.NOT_A_NUMBER: N_("“{subject}” is “{value}” but must be a number such as 2 or 0.5"),
    ProblemCode.NOT_POSITIVE: N_("“{subject}” is {value} but must be more than 0"),
    ProblemCode.NEGATIVE: N_("“{subject}” is {value} but must not be less than 0"),
    ProblemCode.CAP_OUT_OF_RANGE: N_("the cap is {value} but must lie between 0 and 100"),
    ProblemCode.TOO_FEW: N_("“{subject}” has {count} items and needs at least {limit}"),
    ProblemCode.TOO_MANY: N_("“{subject}” has {count} items, at most {limit} fit"),
    ProblemCode.DUPLICATE_ITEM: N_("“{value}” stands in “{subject}” twice"),
    ProblemCode.REST_WITHOUT_NA: N_("“{subject}” leaves N/A what may not be N/A (na: false)"),
    ProblemCode.POINTS_NOT_FALLING: N_(
        "options stand best first: {value} points must be less than the {before} before"
    ),
    ProblemCode.DUPLICATE_LABEL: N_("two options read “{subject}”"),
    ProblemCode.DUPLICATE_CRITERION: N_("the key “{subject}” was used before, in line {first}"),
    ProblemCode.UNKNOWN_CRITERION: N_("only_if names “{subject}”, which is no criterion"),
    ProblemCode.LATER_CRITERION: N_(
        "only_if names “{subject}”, which is not asked before this one"
    ),
    ProblemCode.UNKNOWN_OPTION: N_("only_if names the option “{subject}”; there are {allowed}"),
}

WHOLE_FILE = N_("the file needs name: value pairs, such as key: voice")


def problem_line(t: Words, problem: Problem) -> str:
    """Return the problem as one line: where, and what is wrong there."""
    values = {"subject": problem.subject, **problem.detail}
    code = problem.code
    whole = code is ProblemCode.NOT_A_MAPPING and not problem.subject
    told = t(WHOLE_FILE) if whole else t(SENTENCES[code], **values)
    meant = problem.detail.get("meant")
    if meant:
        told = t("{problem}. Did you mean “{meant}”?", problem=told, meant=meant)
    return t("Line {line}: {problem}", line=problem.line, problem=told)


def problems_text(t: Words, problems: Sequence[Problem]) -> Markup:
    """Return all problems, as many as one message holds."""
    head = t.plural(
        "This scorecard has {count} mistake. Nothing was stored.",
        "This scorecard has {count} mistakes. Nothing was stored.",
        len(problems),
    )
    return fit([head, "", *(problem_line(t, problem) for problem in problems)])
