#!/usr/bin/env python3
"""Writes what the fuzz targets begin with: the recorded deliveries of each channel, and their words as a dictionary.

    scripts/fuzz_seeds.py FOLDER

makes FOLDER/TARGET/... and FOLDER/TARGET.dict for the targets that read deliveries. The recordings are those of
tests/channels/vectors.json, or of the file that CHANNEL_VECTORS names.
"""
import base64
import json
import os
import re
import sys
from pathlib import Path

ROUTES = 7  # at most, of one channel: the first byte of an input chooses among them
FORM = 128  # in the first byte: the content type is a form's
NAMES = {"rasa": "rest"}


def body_of(vector):
    if vector.get("body_b64"):
        return base64.b64decode(vector["body_b64"])
    if vector.get("body_spec"):
        spec = vector["body_spec"]
        return (spec.get("prefix", "") + spec.get("unit", "") * min(spec.get("count", 0), 200) + spec.get("suffix", "")).encode()
    return (vector.get("body") or "").encode()


def header(vector, name):
    return next((value for key, value in vector.get("headers", []) if key.lower() == name.lower()), "")


def inputs(vector):
    """Pairs of a target's name and an input for it."""
    channel = NAMES.get(vector["channel"], vector["channel"])
    body = body_of(vector)
    query = vector.get("path", "").partition("?")[2].encode()
    token = header(vector, "authorization").removeprefix("Bearer ")
    if channel == "mcp":
        lines = [header(vector, name) for name in ("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name")]
        yield "fuzz_mcp", "\n".join(lines).encode() + b"\n" + body
    elif channel == "directline":
        yield "fuzz_directline", body
    else:
        form = FORM if "urlencoded" in header(vector, "content-type") else 0
        for route in range(ROUTES):
            yield f"fuzz_channel_{channel}", bytes([form + route]) + query + b"\n" + body
    if token.count(".") == 2:
        yield "fuzz_jwt", token.encode() + b"\n" + json.dumps(KEYS.get(channel, {})).encode()


def words(body):
    return set(re.findall(rb"[A-Za-z_][A-Za-z0-9_.:/-]{1,40}", body))


KEYS = {}


def main():
    folder = Path(sys.argv[1])
    recorded = os.environ.get("CHANNEL_VECTORS") or Path(__file__).parent.parent / "tests/channels/vectors.json"
    document = json.loads(Path(recorded).read_text())
    KEYS.update({name: settings["jwks"] for name, settings in document["config"].items() if "jwks" in settings})
    said = {}
    for vector in document["vectors"]:
        if vector["channel"] == "crypto":
            continue
        for number, (target, data) in enumerate(inputs(vector)):
            (folder / target).mkdir(parents=True, exist_ok=True)
            (folder / target / f"{vector['name']}-{number}").write_bytes(data)
            said.setdefault(target, set()).update(words(data))
    for target, all_words in said.items():
        lines = [f'"{word.decode()}"\n' for word in sorted(all_words)]
        (folder / f"{target}.dict").write_text("".join(lines))


main()
