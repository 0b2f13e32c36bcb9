//! The schema of a record in full, built from core's tables of kinds.
//!
//! A field that is added there is described here by itself, and an answer with
//! anything that the tables do not know breaks the description.

use talkoot_core::limits::{CODE_BYTES_MAX, LINE_CHARS_MAX, TEXT_CHARS_MAX};
use talkoot_core::schema::{Kind, Shape};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder,
    OneOfBuilder, Ref, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

use super::choice::ChoiceJson;
use super::post::PostJson;
use super::{Card, NAME_PATTERN, RecordJson, kind_name};

const DATE_PATTERN: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

impl PartialSchema for RecordJson {
    fn schema() -> RefOr<Schema> {
        let kinds = OneOfBuilder::new();
        let kinds = Kind::ALL.into_iter().fold(kinds, |kinds, kind| kinds.item(of_kind(kind)));
        kinds.description(Some("A record in full, by its kind.")).into()
    }
}

impl ToSchema for RecordJson {
    fn name() -> std::borrow::Cow<'static, str> {
        "Record".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Card::schemas(schemas);
        schemas.push((ChoiceJson::name().into(), ChoiceJson::schema()));
        ChoiceJson::schemas(schemas);
        schemas.push((PostJson::name().into(), PostJson::schema()));
        PostJson::schemas(schemas);
    }
}

/// A card with a kind of its own, and what that kind has.
fn of_kind(kind: Kind) -> Schema {
    let name = kind_name(kind);
    let mut card = match Card::schema() {
        RefOr::T(Schema::Object(card)) => card,
        RefOr::T(_) | RefOr::Ref(_) => Object::new(),
    };
    let named = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([name]));
    let choices = ArrayBuilder::new().items(Ref::from_schema_name(ChoiceJson::name()));
    let own: [(&str, RefOr<Schema>); 4] = [
        ("kind", named.into()),
        ("fields", fields(kind).into()),
        ("texts", texts(kind).into()),
        ("choices", choices.into()),
    ];
    let posts = ArrayBuilder::new().items(Ref::from_schema_name(PostJson::name()));
    let posts = (kind == Kind::Thread).then(|| ("posts", posts.into()));
    for (property, schema) in own.into_iter().chain(posts) {
        card.required.retain(|required| required != property);
        card.required.push(property.to_owned());
        card.properties.insert(property.to_owned(), schema);
    }
    card.description = None;
    card.title = Some(name.to_owned());
    card.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    Schema::Object(card)
}

fn fields(kind: Kind) -> Object {
    let fields = kind.schema().fields.iter().filter(|field| !field.is_of_history());
    let fields = fields.filter_map(|field| Some((field.name, field.label.en, shape(field.shape)?)));
    let fields = fields.fold(open(), |object, (name, label, schema)| {
        object.property(name, described(schema, label))
    });
    fields.build()
}

fn texts(kind: Kind) -> Object {
    let texts = kind.schema().rich_texts();
    let texts = texts.fold(open(), |object, field| {
        object.property(field.name, described(string().into(), field.label.en))
    });
    texts.build()
}

fn open() -> ObjectBuilder {
    ObjectBuilder::new().additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// Says what a field is for a person.
fn described(mut schema: Schema, label: &str) -> Schema {
    if let Schema::Object(object) = &mut schema {
        object.description = Some(label.to_owned());
    } else if let Schema::Array(array) = &mut schema {
        array.description = Some(label.to_owned());
    }
    schema
}

/// Describes the values of a shape; a formatted text stands among the texts.
fn shape(shape: Shape) -> Option<Schema> {
    let line = || string().max_length(Some(LINE_CHARS_MAX));
    let code = || string().max_length(Some(CODE_BYTES_MAX));
    let object: Schema = match shape {
        Shape::Line => line().into(),
        Shape::Text => string().max_length(Some(TEXT_CHARS_MAX)).into(),
        Shape::Passage => string().into(),
        Shape::Version => version(),
        Shape::Account => string().pattern(Some(NAME_PATTERN)).into(),
        Shape::Code(_) => code().into(),
        Shape::Date => string().pattern(Some(DATE_PATTERN)).into(),
        Shape::Period => period(),
        Shape::Post => post(),
        Shape::Moment => {
            string().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into()
        }
        Shape::Record(_) | Shape::Thing => string().pattern(Some(NAME_PATTERN)).into(),
        Shape::SetOfLines => ArrayBuilder::new().items(line()).unique_items(true).into(),
        Shape::SetOfRecords(_) => {
            let record = string().pattern(Some(NAME_PATTERN));
            ArrayBuilder::new().items(record).unique_items(true).into()
        }
        Shape::SetOfCodes(_) => ArrayBuilder::new().items(code()).unique_items(true).into(),
        Shape::List(parts) => {
            let parts = parts.iter().filter_map(|part| Some((part, self::shape(part.shape)?)));
            let entry = parts.fold(open(), |object, (part, schema)| {
                object.property(part.name, described(schema, part.label.en))
            });
            ArrayBuilder::new().items(entry).into()
        }
        // What an edit says stands beside it as words.
        Shape::RichText | Shape::Edit => return None,
    };
    Some(object)
}

/// A post of a thread: the thread, and the change that made it there.
fn post() -> Schema {
    let name = || string().pattern(Some(NAME_PATTERN));
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    let post = open().property("thread", name()).property("device", name());
    post.property("number", number).into()
}

/// What somebody knew of a record: the number of the last change of each device.
fn version() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    ObjectBuilder::new().additional_properties(Some(Schema::from(number))).into()
}

fn period() -> Schema {
    let end = || {
        let types = SchemaType::Array(vec![Type::String, Type::Null]);
        ObjectBuilder::new().schema_type(types).pattern(Some(DATE_PATTERN))
    };
    let ends = open().property("from", end()).property("until", end());
    ends.required("from").required("until").into()
}

/// Describes a single value of any field, an entry of any list, or nothing.
pub(super) fn any_value() -> Schema {
    let plain = SchemaType::Array(vec![Type::String, Type::Boolean, Type::Null]);
    let plain = ObjectBuilder::new().schema_type(plain);
    let entry = ObjectBuilder::new().schema_type(Type::Object);
    AnyOfBuilder::new().item(plain).item(period()).item(entry).into()
}
