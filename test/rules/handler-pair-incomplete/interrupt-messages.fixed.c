#include <ndis.h>
MINIPORT_ENABLE_MESSAGE_INTERRUPT NicEnableMessageInterrupt;

NDIS_STATUS RegisterInterrupt(PADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt = {0};

    interrupt.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    interrupt.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    interrupt.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    interrupt.InterruptHandler = NicIsr;
    interrupt.InterruptDpcHandler = NicInterruptDpc;
    interrupt.DisableInterruptHandler = NicDisableInterrupt;
    interrupt.EnableInterruptHandler = NicEnableInterrupt;
    interrupt.MsiSupported = TRUE;
    interrupt.MessageInterruptHandler = NicMessageInterrupt;
    interrupt.MessageInterruptDpcHandler = NicMessageInterruptDpc;
    interrupt.DisableMessageInterruptHandler = NicDisableMessageInterrupt;
    interrupt.EnableMessageInterruptHandler = NicEnableMessageInterrupt;

    return NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &interrupt, &Adapter->InterruptHandle);
}

_Use_decl_annotations_
VOID NicEnableMessageInterrupt(
    _In_ NDIS_HANDLE MiniportInterruptContext,
    _In_ ULONG MessageId)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);
    UNREFERENCED_PARAMETER(MessageId);

    // unmask the message on the device
}
