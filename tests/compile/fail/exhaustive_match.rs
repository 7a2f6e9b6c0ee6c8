use shapewright_batch::types::CRType;

fn main() {
    match CRType::from("EC2") {
        CRType::Ec2 => {}
        CRType::Spot => {}
        CRType::Fargate => {}
        CRType::FargateSpot => {}
        CRType::Unknown(_) => {}
    }
}
