"""Tests of single modules, one file for each, named after it; a package, since other folders have the same names."""
