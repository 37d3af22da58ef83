using System.Text;
using Flows.Expectations;
using Flows.Stitching;

namespace Flows.Tests.Expectations;

public sealed class ProcessComparisonTests
{
    private const string Process = """
        {
          "process": "parcel",
          "steps": [
            { "message": "placed", "from": "shop", "to": ["stock", "mail"], "within": "00:00:10" },
            { "message": "packed", "from": "stock", "to": ["shop"], "after": ["placed"], "unless": ["refused"], "within": "00:00:10" },
            { "message": "refused", "from": "stock", "to": ["shop"], "after": ["placed"], "unless": ["packed"], "optional": true },
            { "message": "moved", "from": "stock", "to": ["mail"], "after": ["packed"], "optional": true, "repeats": true },
            { "message": "sent", "from": "shop", "to": ["mail"], "after": ["packed"] },
            { "message": "expire", "from": "shop", "to": ["shop"], "after": ["placed"], "optional": true }
          ]
        }
        """;

    private readonly ComparedFlow _flow = new(ProcessFile.Read(Encoding.UTF8.GetBytes(Process)));

    [Fact]
    public void EachStep_ThatAllItsQueuesHandledInTime_IsDone()
    {
        var flow = _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("packed", "stock", 1, "shop").Sent("sent", "shop", 99, "mail")
            .At(100);

        Assert.Equal(["Done", "Done", "Skipped", "Skipped", "Done", "Skipped"], flow.Steps.Select(step => $"{step.State}"));
        Assert.Equal(0, flow.Faults);
        Assert.Null(flow.Next);
    }

    [Fact]
    public void Step_ThatDidNotCome_IsMissingAfterItsTimeLimit_AndTheNextIsNotReached()
    {
        _flow.Sent("placed", "shop", 0, "stock", "mail");

        var inTime = _flow.At(9);
        var tooLate = _flow.At(11);

        Assert.Equal((StepState.Waiting, StepState.NotReached), (inTime.Steps[1].State, inTime.Steps[4].State));
        Assert.Equal((StepState.Missing, 1), (tooLate.Steps[1].State, tooLate.Faults));
        Assert.Equal("packed", tooLate.Next!.Message);
        Assert.Equal(ComparedFlow.Start.AddSeconds(10), tooLate.Next.DueAt);
        Assert.Equal("It should have come within 10 s after placed.", tooLate.Next.Explanation);
    }

    [Fact]
    public void Step_ThatOneQueueDidNotHandle_IsMissingAfterItsTimeLimit_AndNamesTheQueue()
    {
        _flow.Sent("placed", "shop", 0, "mail");

        Assert.Equal(StepState.Waiting, _flow.At(9).Steps[0].State);
        var step = _flow.At(11).Steps[0];
        Assert.Equal((StepState.Missing, "stock"), (step.State, Assert.Single(step.WaitsFor)));
        Assert.Equal("stock should have handled it within 10 s.", step.Explanation);
    }

    [Fact]
    public void Step_ThatIsADeadLetter_IsMissingAtOnce()
    {
        _flow.Sent("placed", "shop", 0, [("mail", 1, "handled"), ("stock", 1, "dead-lettered")], FlowState.DeadLettered);

        Assert.Equal(StepState.Missing, _flow.At(2).Steps[0].State);
    }

    [Fact]
    public void Step_ThatWasHandledAfterItsTimeLimit_IsLate()
    {
        _flow.Sent("placed", "shop", 0, [("mail", 1, "handled"), ("stock", 5, "retried"), ("stock", 12, "handled")]);

        var step = _flow.At(20).Steps[0];

        Assert.Equal((StepState.Late, "It was handled 2 s after its time limit of 10 s."), (step.State, step.Explanation));
    }

    [Fact]
    public void Message_ThatNoStepDeclares_IsExtra()
    {
        var flow = _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("insured", "bank", 1, "shop").At(2);

        var step = flow.Steps[^1];
        Assert.Equal(("insured", "bank", StepState.Extra), (step.Message, step.From, step.State));
        Assert.Equal("shop", Assert.Single(step.To));
        Assert.Equal("m2", Assert.Single(step.MessageIds));
    }

    [Theory]
    [InlineData("bank", new[] { "shop" }, "bank sent it, not stock.")]
    [InlineData("stock", new[] { "shop", "bank" }, "It also went to the queue bank.")]
    public void Step_FromAnotherServiceOrToAnotherQueue_IsExtra(string from, string[] queues, string expected)
    {
        var step = _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("packed", from, 1, queues).At(2).Steps[1];

        Assert.Equal((StepState.Extra, expected), (step.State, step.Explanation));
    }

    [Fact]
    public void Alternative_IsNotExpectedAfterTheOther_AndExtraIfItComesAllTheSame()
    {
        _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("refused", "stock", 1, "shop");
        var refused = _flow.At(60);
        var both = _flow.Sent("packed", "stock", 5, "shop").At(60);

        Assert.Equal((StepState.Skipped, "Not expected after refused."), (refused.Steps[1].State, refused.Steps[1].Explanation));
        Assert.Equal((StepState.Done, StepState.Extra), (both.Steps[2].State, both.Steps[1].State));
        Assert.Equal("It came after refused.", both.Steps[1].Explanation);
    }

    [Fact]
    public void Step_ThatCameTwice_IsDuplicate_UnlessItMayRepeat()
    {
        var flow = _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("placed", "shop", 0, "stock", "mail")
            .Sent("packed", "stock", 1, "shop").Sent("moved", "stock", 2, "mail").Sent("moved", "stock", 3, "mail").At(4);

        Assert.Equal((StepState.Duplicate, StepState.Done), (flow.Steps[0].State, flow.Steps[3].State));
    }

    [Theory]
    [InlineData("handled", StepState.Duplicate)]
    [InlineData("duplicate", StepState.Done)]
    public void Redelivery_IsDuplicate_OnlyIfItWasHandledAgain(string outcome, StepState expected)
    {
        var step = _flow.Sent("placed", "shop", 0, [("mail", 1, "handled"), ("stock", 1, "handled"), ("stock", 2, outcome)]).At(3).Steps[0];

        Assert.Equal(expected, step.State);
    }

    [Fact]
    public void OptionalStep_ThatIsScheduled_IsNotWaitedFor()
    {
        var flow = _flow.Sent("placed", "shop", 0, "stock", "mail").Sent("packed", "stock", 1, "shop").Sent("sent", "shop", 2, "mail")
            .Sent("expire", "shop", 0, [], FlowState.Scheduled, dueAt: 600).At(10);

        Assert.Equal((StepState.Skipped, "It is scheduled for 2026-03-01 12:10:00Z."), (flow.Steps[5].State, flow.Steps[5].Explanation));
        Assert.Null(flow.Next);
    }
}
