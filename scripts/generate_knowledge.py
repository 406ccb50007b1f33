#!/usr/bin/env python3
"""Writes a made-up knowledge folder of any size, for measuring. The same arguments give the same bytes.

    generate_knowledge.py ENTITIES FACTS FOLDER
"""
import csv
import pathlib
import random
import sys

WORDS_EN = """antibody receptor lymphocyte tumour signal cohort assay patient platform trial cell therapy marker response
immune protein target screening sample biopsy vaccine memory innate adaptive cytokine pathway model tissue""".split()
WORDS_FR = """anticorps récepteur lymphocyte tumeur signal cohorte essai patient plateforme étude cellule thérapie marqueur
réponse immunité protéine cible criblage échantillon biopsie vaccin mémoire innée adaptative cytokine voie modèle tissu""".split()
PROPERTIES = ["activity", "research_topics", "headcount", "founded", "history", "goal", "output", "platform"]


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    entities, facts, folder = int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    sources = max(1, entities // 2)
    write(folder / "sources.csv", "id title publisher url published seen".split(),
          ([f"source-{i}", f"Report {i}", f"Publisher {i % 50}", f"https://example.org/{i}", 2000 + i % 25, "2026-11-23"]
           for i in range(sources)))
    write(folder / "entities.csv", "id kind name_en name_fr acronym aliases parent".split(),
          ([f"unit-{i}", "research_centre", f"Research unit {i}", f"Unité de recherche {i}", f"RU{i}",
            f"unit number {i}|unité numéro {i}", ""] for i in range(entities)))

    def fact(i):
        entity, turn = i % entities, i // entities
        name = PROPERTIES[turn % len(PROPERTIES)]
        english = " ".join(chance.choice(WORDS_EN) for _ in range(14))
        french = " ".join(chance.choice(WORDS_FR) for _ in range(14))
        value = str(1900 + i % 125) if name in ("founded", "headcount") else english.split()[0]
        return [f"unit-{entity}.{name}.{turn // len(PROPERTIES) + 1}", f"unit-{entity}", name, value, "",
                f"Research unit {entity}: {english}.", f"Unité de recherche {entity} : {french}.", "", "",
                f"source-{chance.randrange(sources)}", "public", ""]

    write(folder / "facts.csv",
          "id entity property value unit text_en text_fr valid_from valid_to source layer review_by".split(),
          (fact(i) for i in range(facts)))


if __name__ == "__main__":
    main()
