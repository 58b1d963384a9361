"""Reports everything that is wrong with the fragment before anything is generated from it."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from codegen import lint_examples, lint_keywords, lint_operations, lint_parameters, lint_references, lint_schemas
from codegen.document import Document, Pointer
from codegen.metaschema import Description, Finding, Part
from codegen.problems import CannotRunError, one_line

Rule: TypeAlias = Callable[[Description, Part], Iterator[Finding]]

EVERYWHERE: tuple[Rule, ...] = (lint_keywords.unknown, lint_references.dangling, lint_keywords.refused)
# By the kind of a place. These rely on a valid structure, so they run only if the meta-schema finds no violation.
RULES: Mapping[str, tuple[Rule, ...]] = {
    "components": (lint_schemas.class_names,),
    "header": (lint_examples.misfits,),
    "media-type": (lint_examples.misfits,),
    "openapi": (lint_operations.paths, lint_operations.operation_ids, lint_schemas.boolean_schemas),
    "operation": (lint_operations.operation, lint_operations.path_parameters, lint_parameters.argument_names),
    "parameter": (lint_examples.misfits, lint_parameters.place, lint_parameters.value, lint_parameters.one_value),
    "reference": (lint_references.cycles,),
    "response": (lint_operations.response,),
    "schema": (
        lint_references.cycles,
        lint_examples.misfits,
        lint_schemas.required,
        lint_schemas.alternatives,
        lint_schemas.types,
        lint_schemas.constants,
        lint_schemas.field_names,
    ),
    "security-requirement": (lint_operations.security_requirement,),
    "security-scheme": (lint_operations.security_scheme,),
}


def check(document: Document) -> None:
    """Raise CannotRunError with all findings, in the order of their lines.

    A place is reported once, with the finding of the first rule that rejects it.
    """
    description = Description(document.data)
    violations = list(lint_keywords.violations(description))
    found: dict[Pointer, str] = {}
    for part in description.parts:
        for rule in (*EVERYWHERE, *(() if violations else RULES.get(part.kind, ()))):
            for pointer, message in rule(description, part):
                found.setdefault(pointer, message)
    problems = sorted(
        document.problem(pointer, one_line(text)) for pointer, text in {**dict(violations), **found}.items()
    )
    if problems:
        raise CannotRunError(*problems)
