"""Holds documents against a JSON Schema: prints 'valid' or 'invalid' for each, in their order."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as stream:
    schema = json.load(stream)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as stream:
        print("valid" if validator.is_valid(json.load(stream)) else "invalid")
