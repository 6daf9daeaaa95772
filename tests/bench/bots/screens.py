"""The screens of the bare programs: of a criterion's length, with a criterion's buttons."""

LABELS = ("Yes", "No", "N/A", "Comment", "Back", "Close")


def text_of(step: int) -> str:
    """Return the text of the screen after *step* presses."""
    return (
        f"Ivan Petrov · Call · ref 48213\n▰▰▰▱▱▱▱▱▱▱▱▱ {step % 12 + 1}/12 · Opening\n\n"
        f"Identifies the customer\nFull name and contract number before any account data. {step}"
    )
