"""Read the machine's own apt sources: which mirror, which keyring."""

import dataclasses
import re
from pathlib import Path

APT = Path("/etc/apt")
KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)


@dataclasses.dataclass(frozen=True)
class Source:
    """One place that packages come from.

    :param signed_by: path of the keyring that vouches for it, or None for apt's own trust
    """

    uri: str
    suites: tuple
    components: tuple
    signed_by: str | None = None


def read_sources(folder=APT):
    """Return every enabled binary source of the machine, both file forms."""
    found = []
    for path in [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if path.suffix == ".list":
            found += parse_one_line(text)
        elif path.suffix == ".sources":
            found += parse_deb822(text)
    return found


def parse_one_line(text):
    """Parse the form ``deb [options] uri suite components…``."""
    found = []
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)", line)
        if match:
            options = dict(part.split("=", 1) for part in (match[1] or "").split() if "=" in part)
            signed = options.get("signed-by")
            found.append(Source(match[2], (match[3],), tuple(match[4].split()), signed))
    return found


def parse_deb822(text):
    """Parse stanzas of ``Types: URIs: Suites: Components: Signed-By:``."""
    found = []
    for stanza in re.split(r"\n\s*\n", text):
        fields, name = {}, None
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in " \t":
                if name:
                    fields[name] += "\n" + line.strip()
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes").lower() in ("no", "false", "0"):
            continue
        signed = fields.get("signed-by", "").strip()
        for uri in fields.get("uris", "").split():
            suites, components = fields.get("suites", "").split(), fields.get("components", "").split()
            # A key block inside the stanza cannot be passed on as a path.
            found.append(Source(uri, tuple(suites), tuple(components), signed if signed.startswith("/") else None))
    return found


def distribution_mirror(codename, sources=None):
    """Return the source that serves the distribution itself, with its keyring, or None.

    :param codename: the machine's suite, such as "bookworm"
    """
    wanted = {codename, "stable", "testing", "unstable", "sid"}
    for source in read_sources() if sources is None else sources:
        if wanted & set(source.suites) and "main" in source.components:
            keyring = source.signed_by or next((path for path in KEYRINGS if Path(path).is_file()), None)
            return dataclasses.replace(source, signed_by=keyring)
    return None
