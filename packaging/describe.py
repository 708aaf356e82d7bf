#!/usr/bin/env python3
"""Describes a release's source archive for those who package it.

Writes to a folder: its SBOM (SPDX 2.3), a vcpkg port, and the conandata.yml of the Conan recipe.
Usage: describe.py ARCHIVE --url URL --version VERSION --out FOLDER
"""
import argparse
import datetime
import hashlib
import json
import pathlib
import shutil
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
NAME = "segment-public-api"
# What a build links but the archive does not contain: name, minimum version, licence.
LINKED = [("libcurl", "7.81", "curl"), ("nlohmann_json", "3.11", "MIT")]


def digest(kind, data):
    return hashlib.new(kind, data).hexdigest()


def files_of(archive):
    """The SPDX entry of every file in the archive, by its path."""
    files = []
    with tarfile.open(archive) as tar:
        for number, member in enumerate(sorted((m for m in tar if m.isfile()), key=lambda m: m.name)):
            data = tar.extractfile(member).read()
            files.append({
                "SPDXID": f"SPDXRef-File-{number}",
                "fileName": "./" + member.name.partition("/")[2],
                "checksums": [{"algorithm": "SHA1", "checksumValue": digest("sha1", data)},
                              {"algorithm": "SHA256", "checksumValue": digest("sha256", data)}],
                "licenseConcluded": "MIT",
                "licenseInfoInFiles": ["NOASSERTION"],
                "copyrightText": "NOASSERTION",
            })
    return files


def verification_code(files):
    """As SPDX defines it: the SHA1 of the sorted SHA1s of all files."""
    sums = sorted(file["checksums"][0]["checksumValue"] for file in files)
    return digest("sha1", "".join(sums).encode())


def linked_packages():
    for name, version, licence in LINKED:
        yield {"SPDXID": f"SPDXRef-Linked-{name.replace('_', '-')}", "name": name,
               "versionInfo": f">={version}", "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
               "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": "NOASSERTION"}


def sbom(archive, url, version):
    data = archive.read_bytes()
    files = files_of(archive)
    package = {
        "SPDXID": "SPDXRef-Package", "name": NAME, "versionInfo": version, "downloadLocation": url,
        "filesAnalyzed": True,
        "packageVerificationCode": {"packageVerificationCodeValue": verification_code(files)},
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest("sha256", data)}],
        "licenseConcluded": "MIT", "licenseDeclared": "MIT", "licenseInfoFromFiles": ["NOASSERTION"],
        "copyrightText": "NOASSERTION",
        "hasFiles": [file["SPDXID"] for file in files],
    }
    linked = list(linked_packages())
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package"),
                 *(("SPDXRef-Package", "DEPENDS_ON", other["SPDXID"]) for other in linked),
                 *(("SPDXRef-Package", "CONTAINS", file["SPDXID"]) for file in files)]
    with tarfile.open(archive) as tar:  # not from the clock: the same archive has the same SBOM
        created = datetime.datetime.fromtimestamp(max(m.mtime for m in tar), datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{NAME}-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/{NAME}-{version}-{digest('sha256', data)[:16]}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Tool: packaging/describe.py"]},
        "packages": [package, *linked], "files": files,
        "relationships": [{"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                          for one, kind, other in relations],
    }


def fill(template, target, values):
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    target.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    data = arguments.archive.read_bytes()
    values = {"URL": arguments.url, "VERSION": arguments.version, "NAME": f"{NAME}-{arguments.version}",
              "SHA512": digest("sha512", data)}
    port, recipe = arguments.out / "vcpkg" / NAME, arguments.out / "conan"
    for folder in (port, recipe):
        folder.mkdir(parents=True, exist_ok=True)
    for file in ("portfile.cmake", "vcpkg.json"):
        fill(HERE / "vcpkg" / f"{file}.in", port / file, values)
    shutil.copy(HERE / "conan/conanfile.py", recipe)
    (recipe / "conandata.yml").write_text(
        f'sources:\n  "{arguments.version}":\n    url: "{arguments.url}"\n    sha256: "{digest("sha256", data)}"\n',
        encoding="utf-8")
    document = json.dumps(sbom(arguments.archive, arguments.url, arguments.version), indent=1)
    (arguments.out / f"{NAME}-{arguments.version}.spdx.json").write_text(document + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
