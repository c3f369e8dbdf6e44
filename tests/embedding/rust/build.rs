//! Where the library is: the folder that GRAPHORDER_LIB names, or where the linker looks by itself.

fn main() {
    println!("cargo:rerun-if-env-changed=GRAPHORDER_LIB");
    if let Ok(folder) = std::env::var("GRAPHORDER_LIB") {
        println!("cargo:rustc-link-search=native={folder}");
    }
    println!("cargo:rustc-link-lib=dylib=graphorder");
}
