//! The one page: `public/index.html` with its blanks filled in.

use anyhow::{Result, bail};

use super::script::Scripts;

/// Fills in the blanks, which look like `{{start}}`; fails when one is left over.
pub(crate) fn fill(template: &str, scripts: &Scripts, build: &str, icons: &str) -> Result<String> {
    let preload = |font: &String| {
        format!(r#"<link rel="preload" as="font" type="font/woff2" href="{font}" crossorigin>"#)
    };
    let fonts = scripts.fonts.iter().map(preload).collect::<Vec<_>>().join("\n    ");
    let blanks = [
        ("{{build}}", build),
        ("{{theme}}", &scripts.theme),
        ("{{style}}", &scripts.style),
        ("{{start}}", &scripts.start),
        ("{{wasm}}", &scripts.wasm),
        ("{{fonts}}", &fonts),
        ("{{icons}}", icons),
    ];
    let mut page = template.to_owned();
    for (blank, text) in blanks {
        if !page.contains(blank) {
            bail!("public/index.html lacks {blank}");
        }
        page = page.replace(blank, text);
    }
    if let Some((_, rest)) = page.split_once("{{") {
        let name = rest.split("}}").next().unwrap_or_default();
        bail!("public/index.html asks for {{{{{name}}}}}, which nobody fills in");
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "{{build}}{{theme}}{{style}}{{start}}{{wasm}}{{fonts}}{{icons}}";

    fn scripts() -> Scripts {
        let name = |name: &str| format!("/assets/{name}");
        let fonts = vec![name("f.woff2")];
        let (start, theme) = (name("start.js"), name("theme.js"));
        Scripts { start, theme, style: name("s.css"), wasm: name("a.wasm"), fonts }
    }

    #[test]
    fn b4_a_page_whose_blanks_are_all_filled_is_whole() {
        let page = fill(PAGE, &scripts(), "b1", "<svg></svg>").unwrap();
        assert!(page.starts_with("b1/assets/theme.js"));
        assert!(!page.contains("{{"));
    }

    #[test]
    fn b4_a_blank_that_nobody_fills_stops_the_bundle() {
        assert!(fill(&format!("{PAGE}{{{{other}}}}"), &scripts(), "b", "").is_err());
        assert!(fill("{{build}}", &scripts(), "b", "").is_err());
    }
}
