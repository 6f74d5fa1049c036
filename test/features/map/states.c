// A handler in each state: set, set to null though required, not found, through a pointer, cast.
#include <ndis.h>

NDIS_HANDLE DriverHandle;
PROTOCOL_BIND_ADAPTER_EX ImElsewhere;
PVOID Chosen;

PROTOCOL_UNBIND_ADAPTER_EX ImUnbind;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ImCloseComplete;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars = {0};

    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.BindAdapterHandlerEx = ImElsewhere;
    chars.UnbindAdapterHandlerEx = ImUnbind;
    chars.OpenAdapterCompleteHandlerEx = Chosen;
    chars.CloseAdapterCompleteHandlerEx = (PVOID)ImCloseComplete;
    chars.NetPnPEventHandler = NULL;
    return NdisRegisterProtocolDriver(NULL, &chars, &DriverHandle);
}

NDIS_STATUS ImUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE ProtocolBindingContext)
{
    return NDIS_STATUS_SUCCESS;
}

VOID ImCloseComplete(NDIS_HANDLE ProtocolBindingContext)
{
}
