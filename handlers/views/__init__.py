"""What a person sees: data in, texts, keyboards, charts and workbooks out."""
