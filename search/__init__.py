"""The index: disposable, rebuilt from the models. Never writes rows."""
