"""Compare the fragment with the reference page or the official SDK; with --write, write the safe changes.

Exit codes: 0 no difference without a decision (--write: done); 1 moved: some differences have no decision;
2 the comparison failed or is incomplete. docs/drift.md lists what is compared, and what is not.
"""

import argparse
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TextIO

import attrs
from codegen.document import load
from codegen.problems import CannotRunError
from drift import decisions, fetch, limits, page, render, sdk, sync
from drift.compare import Difference, compare
from drift.fragment import Fragment
from drift.model import Endpoint
from drift.package import Package, open_package

ROOT = Path(__file__).resolve().parents[1]
SDK = "anthropic"
FACTS = """
--report json prints one object: source; release (name, version, sha256; null for a page or a folder); moved
(whether anything was written or is undecided); files, those that were written; written, decided, undecided and
not_compared, how many; undescribed, what was written and has no description yet; and differences, each with its
state (one of the four), file, line, what, name, change, fragment, upstream, additive, note. With --write the text
goes to stderr then.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one comparison and print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=FACTS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--page", metavar="FILE|URL", help="the reference page of one endpoint, as markdown")
    source.add_argument("--sdk", metavar="VERSION", help="a release of the official SDK, or latest")
    source.add_argument("--sdk-path", metavar="PATH", type=Path, help="the SDK as a wheel or an unpacked folder")
    parser.add_argument("--fragment", metavar="FILE", type=Path, default=ROOT / "openapi" / "models.yaml")
    parser.add_argument("--write", action="store_true", help="write what is additive into the fragment")
    parser.add_argument("--report", choices=("text", "json"), default="text", help="for people or for machines")
    parser.add_argument("--json", dest="report", action="store_const", const="json", help="the same as --report json")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except (CannotRunError, limits.LimitError) as error:
        _say(f"could not tell: {error}", sys.stderr)
    except Exception as error:  # noqa: BLE001  # Python's own exit code would say: moved
        _say(f"{traceback.format_exc()}\ncould not tell: {type(error).__name__}: {error}", sys.stderr)
    return 2


def _run(options: argparse.Namespace) -> int:
    path: Path = options.fragment
    name, beside = _named(path), path.with_name(decisions.NAME)
    fragment, decided = Fragment(load(path, name)), decisions.read(beside, _named(beside))
    package, endpoints = _upstream(options, fragment)
    if package:
        decided.check(package)
    release = package if package and package.sha256 else None

    def differences(fragment: Fragment) -> list[Difference]:
        with limits.seconds(limits.SECONDS_TO_READ, "comparing"):
            found = [d for e in endpoints for d in compare(fragment.endpoint(e.method, e.path), e)]
        return sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)

    found = left = differences(fragment)
    files = []
    if options.write:
        wanted = [one for one in found if not decided.reason(one)]
        with limits.seconds(limits.SECONDS_TO_TRY, "trying what would be written"):
            text, left = sync.prepare(fragment, found, wanted, lambda new: differences(Fragment(load(new, name))), ROOT)
        files += sync.install(path, text)
        files += sync.install(beside, decided.after(release)) if release else []
    report = render.Report(
        name=name,
        source=f"{release} (sha256 {release.sha256})" if release else str(package or options.page),
        release={"name": release.name, "version": release.version, "sha256": release.sha256} if release else None,
        files=[_named(file) for file in files],
        written=[one for one in found if one not in left],
        decided=[attrs.evolve(one, note=reason) for one in left if (reason := decided.reason(one))],
        left=[one for one in left if not decided.reason(one)],
    )
    if options.report == "json":
        _say(report.as_json(), sys.stdout)
    if options.report == "text" or options.write:
        _say(report.as_text(wrote=options.write), sys.stderr if options.report == "json" else sys.stdout)
    return 0 if options.write or not report.left else 2 if report.not_compared else 1


def _upstream(options: argparse.Namespace, fragment: Fragment) -> tuple[Package | None, list[Endpoint]]:
    if options.page:
        with limits.seconds(limits.SECONDS_TO_READ, f"{options.page}: reading it"):
            endpoint = page.read(fetch.page(options.page), options.page)
        fragment.endpoint(endpoint.method, endpoint.path)
        return None, [endpoint]
    if not fragment.operations():
        raise CannotRunError(f"{fragment.document.name}: there is no operation in it")
    with tempfile.TemporaryDirectory() as folder:
        path = options.sdk_path or fetch.wheel(SDK, options.sdk, Path(folder))
        with limits.seconds(limits.SECONDS_TO_READ, f"{path.name}: reading it"), open_package(path, SDK) as package:
            return package, [sdk.read(package, method, path) for method, path in fragment.operations()]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _say(text: str, stream: TextIO) -> None:
    print(render.escape(text), file=stream)


if __name__ == "__main__":
    sys.exit(main())
