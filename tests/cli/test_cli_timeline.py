"""`anthropic-models timeline`: release dates in the terminal and as a picture."""

from xml.etree import ElementTree as ET

from calling import OPUS, OPUS_ID, SONNET_ID
from PIL import Image

UNKNOWN = "claude-example-1"  # the fragment's example of a model with an unknown release date
SVG = "{http://www.w3.org/2000/svg}"


def test_models_are_drawn_by_release_date(command):
    """Each model that was found is a line, ordered by date, above a scale of months."""
    code, out, err = command("timeline", "claude-opus-4-5", "nope", SONNET_ID, COLUMNS="100")

    first, second, ticks, months = out.splitlines()
    assert (code, err.count("\n")) == (1, 1)
    assert first.split()[:2] == [SONNET_ID, "2025-09-29"]
    assert second.split()[:2] == [OPUS_ID, "2025-11-24"]
    assert first.index("●") < second.index("●") < 100
    assert months.split()[0] == "2025-09"
    assert ticks.index("┬") == months.index("2025-09") < first.index("●")
    assert months.index("2025-10") - 1 <= first.index("●") <= months.index("2025-10")


def test_the_scale_spans_any_dates(command, anthropic_server):
    """Labels do not overlap, the year 9999 works, and unknown dates come first without a dot."""
    for year in ("0001", "1990", "2030", "9999"):
        anthropic_server.add_model(id=year, created_at=f"{year}-12-31T23:59:59Z")
    both = command("timeline", OPUS_ID, UNKNOWN).out.splitlines()

    assert 3 <= len(command("timeline", "1990", "2030").out.splitlines()[-1].split()) <= 6
    assert command("timeline", "0001", "9999").code == 0
    assert (both[0].split(), both[-1].split()[0]) == ([UNKNOWN, "unknown"], "2025-11")
    assert command("timeline", UNKNOWN) == (0, f"{UNKNOWN}  unknown\n", "")


def test_an_svg_is_written(command, anthropic_server, tmp_path):
    """It has a dot for each known date and escapes the ids; nothing is printed."""
    anthropic_server.add_model(**{**OPUS, "id": "a<b&c"})
    file = tmp_path / "models.svg"

    assert command("timeline", OPUS_ID, "a<b&c", UNKNOWN, "--output", str(file)) == (0, "", "")

    picture = ET.fromstring(file.read_text(encoding="utf-8"))
    assert len(list(picture.iter(f"{SVG}circle"))) == 2
    shown = {text.text for text in picture.iter(f"{SVG}text")}
    assert {OPUS_ID, "a<b&c", UNKNOWN, "unknown", "2025-11-24", "2025-11"} <= shown


def test_a_png_is_written(command, tmp_path):
    """It has coloured dots and text on white."""
    file = tmp_path / "models.png"

    assert command("timeline", OPUS_ID, UNKNOWN, "-o", str(file)) == (0, "", "")

    with Image.open(file) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
        assert picture.format == "PNG"
        assert {(255, 255, 255), (0xC2, 0x70, 0x3D), (0x37, 0x41, 0x51)} <= colours


def test_a_file_that_cannot_be_written_is_one_line(command, tmp_path):
    """The line names the file, and the exit code is 1; if no model is found, no file is written."""
    (folder := tmp_path / "models.svg").mkdir()

    assert command("timeline", OPUS_ID, "-o", str(folder)) == (1, "", f"anthropic-models: {folder}: Is a directory\n")
    assert command("timeline", "nope", "--output", str(tmp_path / "other.svg"))[:2] == (1, "")
    assert [*tmp_path.iterdir()] == [folder]
