"""Tests of single modules, one file for each; a package, because other folders have files of the same names."""
