"""Compare the fragment with the reference page or the official SDK; with --write, write the safe changes.

Exit codes: 0 no difference without a decision (--write: done); 1 moved: some differences have no decision;
2 the comparison failed or is incomplete. docs/drift.md lists what is compared, what is not, and the keys of the JSON.
"""

import argparse
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TextIO

import attrs
from codegen import lint
from codegen.document import load
from codegen.problems import CannotRunError
from drift import decisions, fetch, limits, page, render, sdk, sync
from drift.compare import Difference, compare
from drift.fragment import Fragment
from drift.model import Endpoint
from drift.package import Package, open_package

ROOT = Path(__file__).resolve().parents[1]
SDK = "anthropic"


def main(arguments: list[str] | None = None) -> int:
    """Run one comparison and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--page", metavar="FILE|URL", help="the reference page of one endpoint, as markdown")
    source.add_argument("--sdk", metavar="VERSION", help="a release of the official SDK, or latest")
    source.add_argument("--sdk-path", metavar="PATH", type=Path, help="the SDK as a wheel or an unpacked folder")
    parser.add_argument("--fragment", metavar="FILE", type=Path, default=ROOT / "openapi" / "models.yaml")
    parser.add_argument("--write", action="store_true", help="write additive differences into the fragment")
    parser.add_argument(
        "--report", choices=("text", "json"), default="text", help="json: one object on stdout, and all else on stderr"
    )
    options = parser.parse_args(arguments)
    try:
        with limits.seconds():
            return _run(options)
    except (CannotRunError, limits.LimitError, RecursionError) as error:
        _say(f"could not compare: {error}", sys.stderr)
    except Exception as error:  # noqa: BLE001  # Python would exit with 1, which means moved
        _say(f"{traceback.format_exc()}\ncould not compare: {type(error).__name__}: {error}", sys.stderr)
    return 2


def _run(options: argparse.Namespace) -> int:
    path: Path = options.fragment
    name, beside = _named(path), path.with_name(decisions.NAME)
    fragment, decided = Fragment(load(path, name)), decisions.read(beside, _named(beside))
    lint.check(fragment.document)
    package, endpoints = _upstream(options, fragment)
    if package:
        decided.check(package)
    release = package if package and package.sha256 else None

    def differences(fragment: Fragment) -> list[Difference]:
        found = [
            one
            for endpoint in endpoints
            for one in compare(fragment.endpoint(endpoint.method, endpoint.path), endpoint)
        ]
        found = sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)
        return [decided.judge(one) for one in found]

    found = differences(fragment)
    files = []
    if options.write:
        text, left = sync.prepare(fragment, found, differences, ROOT)
        found = [attrs.evolve(one, state="written") for one in found if one not in left] + left
        texts = {path: text} | ({beside: decided.after(release)} if release else {})
        files = [_named(file) for file, text in texts.items() if sync.install(file, text)]
    source = f"{release} (sha256 {release.sha256})" if release else str(package or options.page)
    report = render.Report(name, source, release.identity if release else None, files, found)
    if options.report == "json":
        _say(report.as_json(), sys.stdout)
    if options.report == "text" or options.write:
        _say(report.as_text(wrote=options.write), sys.stderr if options.report == "json" else sys.stdout)
    if options.write or not report.of("undecided", "not_compared"):
        return 0
    return 2 if report.of("not_compared") else 1


def _upstream(options: argparse.Namespace, fragment: Fragment) -> tuple[Package | None, list[Endpoint]]:
    if options.page:
        endpoint = page.read(fetch.page(options.page), options.page)
        fragment.endpoint(endpoint.method, endpoint.path)
        return None, [endpoint]
    if not fragment.operations():
        raise CannotRunError(f"{fragment.document.name}: there is no operation in it")
    with tempfile.TemporaryDirectory() as folder:
        path = options.sdk_path or fetch.wheel(SDK, options.sdk, Path(folder))
        with open_package(path, SDK) as package:
            return package, [sdk.read(package, method, path) for method, path in fragment.operations()]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _say(text: str, stream: TextIO) -> None:
    print(render.escape(text), file=stream)


if __name__ == "__main__":
    sys.exit(main())
