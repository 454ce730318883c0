"""Starts Redleaf and its servers on one machine: bin/run, bin/manage and bin/test."""
