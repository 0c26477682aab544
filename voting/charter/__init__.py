"""The charter: a co-operative's voting rules, and ready-made ones to begin with."""
