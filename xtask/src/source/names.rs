//! The folders that services have in upstream's Python package, by what the services call themselves.

/// Services whose folder is not what their id makes. They are all older than the rule, so that the
/// list does not grow.
const OLDER: [(&str, &str); 57] = [
    ("API Gateway", "apigateway"),
    ("App Mesh", "appmesh"),
    ("Application Auto Scaling", "application-autoscaling"),
    ("Application Discovery Service", "discovery"),
    ("Auto Scaling", "autoscaling"),
    ("Auto Scaling Plans", "autoscaling-plans"),
    ("CloudHSM V2", "cloudhsmv2"),
    ("CloudSearch Domain", "cloudsearchdomain"),
    ("CloudWatch Events", "events"),
    ("CloudWatch Logs", "logs"),
    ("Cognito Identity Provider", "cognito-idp"),
    ("Config Service", "config"),
    ("Cost Explorer", "ce"),
    ("Cost and Usage Report Service", "cur"),
    ("Data Pipeline", "datapipeline"),
    ("Database Migration Service", "dms"),
    ("Device Farm", "devicefarm"),
    ("Direct Connect", "directconnect"),
    ("Directory Service", "ds"),
    ("Directory Service Data", "ds-data"),
    ("DynamoDB Streams", "dynamodbstreams"),
    ("Elastic Beanstalk", "elasticbeanstalk"),
    ("Elastic Load Balancing", "elb"),
    ("Elastic Load Balancing v2", "elbv2"),
    ("Elastic Transcoder", "elastictranscoder"),
    ("Elasticsearch Service", "es"),
    ("EventBridge", "events"),
    ("Global Accelerator", "globalaccelerator"),
    ("IoT Data Plane", "iot-data"),
    ("IoT Events", "iotevents"),
    ("IoT Events Data", "iotevents-data"),
    ("IoT Jobs Data Plane", "iot-jobs-data"),
    ("IoT Wireless", "iotwireless"),
    ("Kinesis Analytics", "kinesisanalytics"),
    ("Kinesis Analytics V2", "kinesisanalyticsv2"),
    ("Kinesis Video", "kinesisvideo"),
    ("Lex Model Building Service", "lex-models"),
    ("Lex Models V2", "lexv2-models"),
    ("Lex Runtime Service", "lex-runtime"),
    ("Lex Runtime V2", "lexv2-runtime"),
    ("Machine Learning", "machinelearning"),
    (
        "Marketplace Commerce Analytics",
        "marketplacecommerceanalytics",
    ),
    ("Marketplace Entitlement Service", "marketplace-entitlement"),
    ("Marketplace Metering", "meteringmarketplace"),
    ("Migration Hub", "mgh"),
    ("Pinpoint SMS Voice", "sms-voice"),
    ("Resource Groups Tagging API", "resourcegroupstaggingapi"),
    ("Route 53", "route53"),
    ("Route 53 Domains", "route53domains"),
    ("S3 Control", "s3control"),
    ("SFN", "stepfunctions"),
    ("Secrets Manager", "secretsmanager"),
    ("ServerlessApplicationRepository", "serverlessrepo"),
    ("Service Catalog", "servicecatalog"),
    ("Service Catalog AppRegistry", "servicecatalog-appregistry"),
    ("SimpleDB", "sdb"),
    ("Storage Gateway", "storagegateway"),
];

/// The folder of a service with this id.
pub(super) fn folder(service_id: &str) -> String {
    let older = OLDER.iter().find(|(id, _)| *id == service_id);
    older.map_or_else(
        || service_id.to_ascii_lowercase().replace(' ', "-"),
        |(_, folder)| (*folder).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::{OLDER, folder};

    #[test]
    fn a_folder_follows_from_the_id_unless_it_is_older_than_the_rule() {
        assert_eq!(folder("Batch"), "batch");
        assert_eq!(folder("Kinesis Video Media"), "kinesis-video-media");
        assert_eq!(folder("SFN"), "stepfunctions");
    }

    #[test]
    fn the_older_ones_are_exceptions_each_listed_once() {
        for pair in OLDER.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
        for (id, folder) in OLDER {
            assert_ne!(id.to_ascii_lowercase().replace(' ', "-"), folder, "{id}");
        }
    }
}
