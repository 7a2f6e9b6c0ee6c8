use shapewright_batch::types::CRType;

fn main() {
    let _ = CRType::Unknown("EC3".into());
}
