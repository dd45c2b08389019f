"""What is wrong with a refuted line: the factor or term it is off by, and the line as it should be, judged again."""

from symrep.repair.diagnosis import diagnose, diagnose_identity

__all__ = ["diagnose", "diagnose_identity"]
