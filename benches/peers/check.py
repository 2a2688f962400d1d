"""libSBML's consistency check, all categories, on the exports of all averaged lessons."""

import pathlib
import subprocess
import sys
import tempfile
import tomllib

import libsbml

CATEGORIES = [
    libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY, libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
    libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
    libsbml.LIBSBML_CAT_SBO_CONSISTENCY, libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    libsbml.LIBSBML_CAT_MODELING_PRACTICE,
]


def problems(path):
    document = libsbml.readSBMLFromFile(path)
    for category in CATEGORIES:
        document.setConsistencyChecks(category, True)
    document.checkConsistency()
    return [document.getError(i) for i in range(document.getNumErrors())]


def main():
    program, documents, found = sys.argv[1], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted(pathlib.Path("scenarios").glob("*.toml")):
            arms = tomllib.loads(file.read_text()).get("arm", [{"name": "usual"}])
            for arm in arms:
                path = f"{folder}/{file.stem}_{arm['name']}.xml"
                subprocess.run(
                    [program, "export", "sbml", file, "--averaged", "--arm", arm["name"], "-o", path],
                    check=True, stdout=subprocess.DEVNULL)
                documents += 1
                for problem in problems(path):
                    found += 1
                    print(f"{path}:{problem.getLine()}: {problem.getSeverityAsString()}: {problem.getMessage()}")
        # A document with a wrong unit must be found, or the check means nothing.
        text = pathlib.Path(path).read_text()
        broken = pathlib.Path(folder) / "broken.xml"
        broken.write_text(text.replace('units="mg_per_d"', 'units="mg"'))
        assert problems(str(broken)), "the check does not find a wrong unit"
    print(f"libSBML {libsbml.getLibSBMLDottedVersion()}: {documents} documents, {found} errors and warnings")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
