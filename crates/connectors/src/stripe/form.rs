//! Forms as Stripe takes them: `items[0][price]=…`.

use url::form_urlencoded::Serializer;

/// The fields of a request, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn set(&mut self, name: impl Into<String>, value: impl ToString) -> &mut Self {
        self.0.push((name.into(), value.to_string()));
        self
    }

    pub(super) fn set_some<T: ToString>(&mut self, name: impl Into<String>, value: Option<T>) -> &mut Self {
        if let Some(value) = value {
            self.set(name, value);
        }
        self
    }

    pub(super) fn encoded(&self) -> String {
        Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_whatever_people_write_survive() {
        let mut form = Form::default();
        form.set("items[0][price]", "price_1").set("name", "Ana & Söhne = 100 %").set_some("none", None::<i64>);
        assert_eq!(form.encoded(), "items%5B0%5D%5Bprice%5D=price_1&name=Ana+%26+S%C3%B6hne+%3D+100+%25");
    }
}
