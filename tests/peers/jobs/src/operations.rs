//! The operations that the servers have, by name.

use serde_json::Value;
use shapewright_batch::runtime::client::transport::{HyperTransport, UreqTransport};
use shapewright_batch::{Client, blocking};

use crate::Fallible;
use crate::answer::answer;

macro_rules! operations {
    ($($operation:ident $method:ident,)*) => {
        /// Calls an operation, without blocking.
        pub(crate) async fn call(
            client: &Client<HyperTransport>,
            operation: &str,
            input: Value,
        ) -> Fallible<Value> {
            match operation {
                $(stringify!($operation) => {
                    Ok(answer(client.$method(&serde_json::from_value(input)?).await))
                })*
                _ => Err(format!("no operation {operation} is listed here").into()),
            }
        }

        /// Calls an operation, and blocks.
        pub(crate) fn call_blocking(
            client: &blocking::Client<UreqTransport>,
            operation: &str,
            input: Value,
        ) -> Fallible<Value> {
            match operation {
                $(stringify!($operation) => {
                    Ok(answer(client.$method(&serde_json::from_value(input)?)))
                })*
                _ => Err(format!("no operation {operation} is listed here").into()),
            }
        }
    };
}

operations! {
    CancelJob cancel_job,
    CreateComputeEnvironment create_compute_environment,
    CreateJobQueue create_job_queue,
    CreateSchedulingPolicy create_scheduling_policy,
    DeleteComputeEnvironment delete_compute_environment,
    DeleteJobQueue delete_job_queue,
    DeleteSchedulingPolicy delete_scheduling_policy,
    DeregisterJobDefinition deregister_job_definition,
    DescribeComputeEnvironments describe_compute_environments,
    DescribeJobDefinitions describe_job_definitions,
    DescribeJobQueues describe_job_queues,
    DescribeJobs describe_jobs,
    DescribeSchedulingPolicies describe_scheduling_policies,
    GetJobQueueSnapshot get_job_queue_snapshot,
    ListJobs list_jobs,
    ListSchedulingPolicies list_scheduling_policies,
    ListTagsForResource list_tags_for_resource,
    RegisterJobDefinition register_job_definition,
    SubmitJob submit_job,
    TagResource tag_resource,
    TerminateJob terminate_job,
    UntagResource untag_resource,
    UpdateComputeEnvironment update_compute_environment,
    UpdateJobQueue update_job_queue,
    UpdateSchedulingPolicy update_scheduling_policy,
}
