"""How the fragment differs from the reference page or the official SDK; with --write, moves it along.

Exit codes: 0 same (with --write: written), 1 moved, 2 could not tell.
"""

import argparse
import sys
import tempfile
import traceback
from pathlib import Path

from codegen.document import load
from codegen.problems import CannotRunError
from drift import fetch, page, render, sdk
from drift.compare import Difference, compare
from drift.fragment import Fragment
from drift.model import Endpoint
from drift.package import open_package
from drift.sync import sync

ROOT = Path(__file__).resolve().parents[1]
SDK = "anthropic"


def main(arguments: list[str] | None = None) -> int:
    """Run one comparison and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--page", metavar="FILE|URL", help="the reference page of one endpoint, as markdown")
    source.add_argument("--sdk", metavar="VERSION", help="a release of the official SDK, or latest")
    source.add_argument("--sdk-path", metavar="PATH", type=Path, help="the SDK as a wheel or an unpacked folder")
    parser.add_argument("--fragment", metavar="FILE", type=Path, default=ROOT / "openapi" / "models.yaml")
    parser.add_argument("--write", action="store_true", help="write what is additive into the fragment")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    if options.write and options.json:
        parser.error("--json tells differences; with --write the text is the list for a person")
    try:
        return _run(options)
    except CannotRunError as error:
        print(f"could not tell: {error}", file=sys.stderr)
    except Exception as error:  # noqa: BLE001  # Python's own exit code would say: moved
        traceback.print_exc()
        print(f"could not tell: {type(error).__name__}: {error}", file=sys.stderr)
    return 2


def _run(options: argparse.Namespace) -> int:
    path: Path = options.fragment
    name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
    fragment = Fragment(load(path, name))
    upstream, endpoints = _upstream(options, fragment)

    def differences(fragment: Fragment) -> list[Difference]:
        found = [d for e in endpoints for d in compare(fragment.endpoint(e.method, e.path), e)]
        return sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)

    found = differences(fragment)
    if options.write and found:
        print(sync(path, fragment, found, lambda written: differences(Fragment(load(written, name))), ROOT))
        return 0
    if options.json:
        print(render.as_json(upstream, found))
    elif found:
        print(f"{name} differs from {upstream} in {len(found)} places:\n\n{render.table(found)}")
    else:
        print(f"{name} says the same as {upstream}.")
    return 1 if found else 0


def _upstream(options: argparse.Namespace, fragment: Fragment) -> tuple[str, list[Endpoint]]:
    if options.page:
        endpoint = page.read(fetch.page(options.page), options.page)
        fragment.endpoint(endpoint.method, endpoint.path)
        return options.page, [endpoint]
    if not fragment.operations():
        raise CannotRunError(f"{fragment.document.name}: there is no operation in it")
    with tempfile.TemporaryDirectory() as folder:
        package = open_package(options.sdk_path or fetch.wheel(SDK, options.sdk, Path(folder)), SDK)
        return package.name, [sdk.read(package, SDK, method, path) for method, path in fragment.operations()]


if __name__ == "__main__":
    sys.exit(main())
