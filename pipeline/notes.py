"""The one catalogue of codes: why something was not taken (a note), why a file was not read (a failure).

Every code that appears in the `notes` dataset or in `documents.error` stands here with its meaning, so
that a reader of the data can look it up and a typing slip in a code fails at once.
"""

from __future__ import annotations

from typing import Final

NOTES: Final[dict[str, str]] = {
    # numbers in prose that measure nothing
    "date": "a date or a year, not a measurement",
    "ordinal": "a position in a series (第八届, 表1, 案例3)",
    "code": "an identifier, document number or version that holds digits",
    "name": "a name, slogan or programme that holds digits (3+2, 1+X, 一带一路)",
    "article": "一 used as an article (一批, 一系列), not as a count",
    "address": "a house number or postcode",
    "heading_number": "the number of a heading, list item or clause",
    "list_number": "the marker of an enumeration (一是, ①)",
    "reference": "a cross-reference to a table, figure, page or note",
    "serial_number": "the running number of a table row",
    "phone": "a telephone or fax number",
    "age_or_score_key": "a key of a scale (“非常满意”=5 分), not a result",
    "formula": "part of a printed formula",
    "category": "the bound of a class (45岁以下教师), not a result",
    "footnote_mark": "a footnote mark glued to a number",
    "idiom": "a fixed expression that holds a numeral",
    "unread_number": "looks like a number, and no rule says what it is",
    # table cells
    "text_cell": "a value cell whose content is words",
    "text_table": "a table that holds words only",
    "not_applicable": "the cell says that no value applies",
    "illegible": "the cell holds a number that cannot be read with certainty",
    "template_text": "a form's instruction or example, not an answer",
    "table_note": "a note or source line inside a table",
    # identification
    "year_conflict": "the places that name the report year disagree",
    "region_conflict": "the places that name the region disagree",
    "level_conflict": "the places that name the level or education type disagree",
    "year_missing": "no place names the report year",
    "region_missing": "no known division is named",
    "title_missing": "no title was found",
    # structure
    "grid_repaired": "spans overlapped or ran out of the table; cells were cut to fit",
    "numbering_missing": "a paragraph refers to a numbering that the file does not define",
    "caption_untied": "a caption with no table beside it",
    "nesting_limit": "content nested deeper than the limit was read as text only",
    "chart_data": "a chart whose numbers are stored beside the text",
    # corrections
    "ignored_by_review": "a person has decided that the number measures nothing",
    "stale_override": "a correction whose file, place or value has changed; it was not applied",
}

FAILURES: Final[dict[str, tuple[str, str]]] = {
    # code: (what is wrong, what to do)
    "EMPTY_FILE": ("the file has 0 bytes", "get the file again from whoever filed it"),
    "NOT_DOCX": (
        "the file is no Word document ({detail})",
        "ask for the .docx, or save it as .docx in Word or WPS",
    ),
    "LEGACY_FORMAT": (
        "the file is a {detail}, and no LibreOffice was found to convert it",
        "install LibreOffice (soffice) or save the file as .docx in Word or WPS",
    ),
    "CONVERSION_FAILED": (
        "LibreOffice could not convert the file ({detail})",
        "open it in Word or WPS and save it as .docx",
    ),
    "ENCRYPTED": ("the file is protected by a password", "save it without a password"),
    "MACRO_ENABLED": ("the file carries macros", "save it as .docx (without macros) in Word or WPS"),
    "TRUNCATED": (
        "the file is cut off or damaged ({detail})",
        "copy the file again; if it opens in Word, save it as new",
    ),
    "MISSING_PART": (
        "the package has no main document ({detail})",
        "open it in Word or WPS and save it as .docx",
    ),
    "BAD_XML": ("a part is not well-formed XML ({detail})", "open it in Word or WPS and save it as new"),
    "UNSAFE_XML": (
        "a part declares entities or a document type ({detail})",
        "do not open it; ask for a clean copy",
    ),
    "ZIP_BOMB": ("a part inflates beyond the limits ({detail})", "do not open it; ask for a clean copy"),
    "TOO_LARGE": (
        "the file is larger than the limit ({detail})",
        "compress its pictures, or raise the limit in rules/limits.yaml",
    ),
    "TOO_DEEP": (
        "the file nests elements beyond the limit ({detail})",
        "open it in Word or WPS and save it as new",
    ),
    "DUPLICATE": ("the same bytes as {detail}", "nothing to do; remove one of the two if it is a mistake"),
    "UNREADABLE": (
        "the file cannot be opened ({detail})",
        "check its permissions and that the disk is sound",
    ),
    "CHANGING": (
        "the file changed while it was read ({detail})",
        "wait until it is copied or saved, and run again",
    ),
    "TIMEOUT": (
        "reading took too long ({detail})",
        "open it in Word or WPS and save it as new, or raise `seconds` in rules/batch.yaml",
    ),
    "OUT_OF_MEMORY": (
        "reading needed too much memory ({detail})",
        "open it in Word or WPS and save it as new, or raise `memory_bytes` in rules/batch.yaml",
    ),
    "WORKER_LOST": (
        "the process that read it was lost, each time ({detail})",
        "run again; if it stays, open it in Word or WPS and save it as new",
    ),
    "INTERNAL": (
        "the program failed on this file ({detail})",
        "send the message and the file to the maintainers",
    ),
}


class Failure(Exception):
    """A file that cannot be read. `code` is a key of FAILURES; str() is the line for `documents.error`."""

    def __init__(self, code: str, detail: str = "") -> None:
        what, remedy = FAILURES[code]
        self.code = code
        super().__init__(f"{code}: {what.format(detail=detail)}; {remedy}")


def check_note(code: str) -> str:
    """Return `code` if the catalogue has it; KeyError otherwise."""
    if code not in NOTES:
        raise KeyError(f"no note code {code!r}: add it to pipeline/notes.py")
    return code
