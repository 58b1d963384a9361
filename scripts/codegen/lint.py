"""Reports everything that is wrong with the fragment before anything is generated from it."""

from codegen import (
    lint_examples,
    lint_keywords,
    lint_operations,
    lint_parameters,
    lint_references,
    lint_schemas,
    lint_support,
)
from codegen.document import Document, Pointer
from codegen.metaschema import Description
from codegen.problems import CannotRunError, Problem, one_line

RULES = (
    lint_keywords.unknown_keywords,
    lint_keywords.unknown_types_and_formats,
    lint_references.dangling_references,
    lint_support.refused_keywords,
)
# These trust the structure; they run where the meta-schema has found no fault in it.
DEEPER_RULES = (
    lint_references.cycles,
    lint_examples.values_that_do_not_fit,
    lint_keywords.required_without_property,
    lint_operations.operation_ids,
    lint_operations.path_parameters,
    lint_operations.security_schemes,
    lint_operations.answers,
    lint_operations.one_tag,
    lint_schemas.what_python_cannot_say,
    lint_parameters.how_they_are_written,
    lint_parameters.names_that_callers_give,
    lint_schemas.names_that_fall_together,
)


def check(document: Document) -> None:
    """Raise CannotRunError with all findings, in the order of their lines."""
    problems = findings(document)
    if problems:
        raise CannotRunError(*problems)


def findings(document: Document) -> list[Problem]:
    """One problem for each place at fault: the first rule that complains about a place has the say."""
    description = Description(document.data)
    violations = list(lint_keywords.violations_of_the_metaschema(description))
    found: dict[Pointer, str] = {}
    for rule in RULES if violations else (*RULES, *DEEPER_RULES):
        for pointer, message in rule(description):
            found.setdefault(pointer, message)
    found = {**dict(violations), **found}
    return sorted(document.problem(pointer, one_line(message)) for pointer, message in found.items())
