def write_page(store, told, lang, most, out):
    out.write(b"x")
