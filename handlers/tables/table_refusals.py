"""What can be wrong with a table as a whole, one sentence each."""

from handlers.refusals import Sorry
from handlers.words import N_


class BadTable(Sorry):
    """The file cannot be taken as a table; nothing of it was stored."""

    sentence = N_("I cannot read this file. Please send a CSV in UTF-8, or an .xlsx workbook.")


class NotUtf8(BadTable):
    """The bytes are no UTF-8 text."""

    sentence = N_("This file is not text in UTF-8. Please save it as “CSV UTF-8” or as .xlsx.")


class NotWorkbook(BadTable):
    """The bytes are no .xlsx workbook, or a broken one."""

    sentence = N_("I cannot open this workbook. Please save it as .xlsx or as CSV in UTF-8.")


class WorkbookTooBig(BadTable):
    """The workbook holds more than it lets on from outside."""

    sentence = N_("This workbook is too big inside: at most {limit} MB unpacked.")


class TooMuchInside(BadTable):
    """The workbook holds far more styles, names or texts than its cells need."""

    sentence = N_(
        "This workbook holds too much besides its cells. Please copy the cells into a new one."
    )


class HasMacros(BadTable):
    """The workbook brings programs along."""

    sentence = N_("This workbook holds macros. Please save it as a plain .xlsx.")


class BrokenQuotes(BadTable):
    """A quotation mark is not closed, or stands where none may."""

    sentence = N_("Row {row} cannot be read: please check its quotation marks.")


class EmptyTable(BadTable):
    """There is no row below the header, or no header."""

    sentence = N_("There are no rows in this file: a header and at least one row are needed.")


class TooManyRows(BadTable):
    """More rows than one file may hold."""

    sentence = N_("This file has too many rows: at most {limit}. Please send it in parts.")


class TooManyColumns(BadTable):
    """More columns than one file may hold."""

    sentence = N_("This file has too many columns: at most {limit}.")


class CellTooLong(BadTable):
    """A cell over the limit; mostly a quotation mark that never closes."""

    sentence = N_("Row {row} has a cell longer than {limit} characters.")


class DoubledColumn(BadTable):
    """Two columns have one name."""

    sentence = N_("This column stands in the header twice: {columns}.")


class MissingColumns(BadTable):
    """Columns that this kind of file must have are not there."""

    sentence = N_("These columns are missing: {missing}. The file may have: {known}.")


class UnknownColumns(BadTable):
    """Columns that this kind of file does not have."""

    sentence = N_("I do not know these columns: {unknown}. The file may have: {known}.")


class MissingAndUnknownColumns(BadTable):
    """Both at once, as with a misspelled header."""

    sentence = N_(
        "These columns are missing: {missing}. I do not know these: {unknown}. "
        "The file may have: {known}."
    )
