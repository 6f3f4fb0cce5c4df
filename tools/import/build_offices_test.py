#!/usr/bin/env python3
"""Tests of build_offices.py with an invented state: what it writes, and that each kind of mistake is found."""
import contextlib
import io
import pathlib
import tempfile
import unittest

import build_offices

HEAD = "= FRD Freedonia | the Republic of Freedonia\n@ president\n"


class BuildOfficesTest(unittest.TestCase):
    def build(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder, "source"), pathlib.Path(folder, "target")
            source.mkdir()
            (source / "one.txt").write_text(text, encoding="utf-8")
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = build_offices.main(["--source", str(source), "--target", str(target), *options])
            files = {p.stem: [line.split("\t") for line in p.read_text(encoding="utf-8").splitlines()
                              if not line.startswith("#:")] for p in target.glob("*.tsv")}
            return code, err.getvalue(), files

    def refused(self, body, want, head=HEAD):
        code, err, files = self.build(head + body)
        self.assertEqual(code, 1)
        self.assertIn(want, err)
        self.assertEqual(files, {})

    def test_terms_follow_on_and_the_last_stays_open(self):
        code, err, files = self.build(HEAD + "Rufus Firefly {p=Karlovich} 1931-05-01\nGloria Teasdale {f} 1933-11\n")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(files["office_holders"], [
            ["office:FRD.president", "person:gloria-teasdale", "1933-11", ""],
            ["office:FRD.president", "person:rufus-firefly", "1931-05-01", "1933-11"]])
        self.assertEqual(files["offices"][0][:4], [
            "office:FRD.president", "state:FRD", "head_of_state",
            "President;President of Freedonia;President of the Republic of Freedonia;Head of State"])
        self.assertEqual(files["persons"], [
            ["person:gloria-teasdale", "Gloria Teasdale", "Gloria", "", "Teasdale", "given-family", "f", "FRD", ""],
            ["person:rufus-firefly", "Rufus Firefly", "Rufus", "Karlovich", "Firefly", "given-family", "m", "FRD",
             "Rufus Karlovich Firefly;Rufus Karlovich"]])

    def test_orders_of_names(self):
        _, _, files = self.build(HEAD + "^Chi Colini-na 2001 2002\n!Pinky 2003 2004\nAna von~der~Heide {f} 2005\n")
        people = {row[0]: row for row in files["persons"]}
        self.assertEqual(people["person:chi-colini-na"][2:6], ["Colini-na", "", "Chi", "family-given"])
        self.assertEqual(people["person:pinky"][2:6], ["", "", "Pinky", "mononym"])
        self.assertEqual(people["person:ana-von-der-heide"][2:6], ["Ana", "", "von der Heide", "given-family"])

    def test_ascii_form_becomes_an_alias(self):
        _, _, files = self.build(HEAD + "Łukasz Öçal-Đurić 2001\n")
        self.assertEqual(files["persons"][0][0], "person:lukasz-ocal-duric")
        self.assertEqual(files["persons"][0][8], "Lukasz Ocal-Duric")

    def test_many_holders_may_overlap(self):
        code, _, files = self.build(HEAD.replace("@ president", "@@ council | head_of_state | Member")
                                    + "Rufus Firefly 2001 2009\nBob Roland 2003 2005\n")
        self.assertEqual(code, 0)
        self.assertEqual([row[3] for row in files["office_holders"]], ["2005", "2009"])

    def test_mistakes(self):
        self.refused("Rufus Firefly 2001-02-30\n", "not a day of the calendar")
        self.refused("Rufus Firefly 2001-13\n", "not a day of the calendar")
        self.refused("Rufus Firefly 2005 2001\n", "ends 2001 before beginning 2005")
        self.refused("Rufus Firefly 2001 2005-06\nBob Roland 2004\n", "begins 2004 before the one before ends 2005-06")
        self.refused("Rufus 2001\n", "one word only")
        self.refused("Rufus Firefly {q=x} 2001\n", "unknown extra")
        self.refused("Rufus Firefly 2001 2002\nRufus Fireflý 2003\n", "the slug person:rufus-firefly is taken")
        self.refused("", "has no holder")
        self.refused("@ president\nRufus Firefly 2001\n", "was given before", HEAD + "Bob Roland 2000\n")
        self.refused("Rufus Firefly 2001\n", "unknown role", "= FRD Freedonia | Freedonia\n@ x | jester | Jester\n")
        self.refused("Rufus Firefly 2001\n", "no country", "= org:league the League\n@ head | leader | Head\n")

    def test_check_sees_a_stale_file(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder, "s"), pathlib.Path(folder, "t")
            source.mkdir()
            (source / "one.txt").write_text(HEAD + "Rufus Firefly 2001\n", encoding="utf-8")
            run = lambda *more: build_offices.main(["--source", str(source), "--target", str(target), *more])
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(run(), 0)
                self.assertEqual(run("--check"), 0)
                (target / "persons.tsv").write_text("", encoding="utf-8")
                self.assertEqual(run("--check"), 1)


if __name__ == "__main__":
    unittest.main()
