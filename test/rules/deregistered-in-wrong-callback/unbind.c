// example: The protocol deregisters itself when its last binding goes
#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static LONG Bindings;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtUnload;
PROTOCOL_UNBIND_ADAPTER_EX ProtUnbindAdapter;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    chars.UnbindAdapterHandlerEx = ProtUnbindAdapter;
    DriverObject->DriverUnload = ProtUnload;
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

NDIS_STATUS ProtUnbindAdapter(NDIS_HANDLE UnbindContext, NDIS_HANDLE ProtocolBindingContext)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    if (InterlockedDecrement(&Bindings) == 0) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning deregistered-in-wrong-callback: 'NdisDeregisterProtocolDriver' must not be called from 'ProtUnbindAdapter', a handler in 'UnbindAdapterHandlerEx'
    }
    return NDIS_STATUS_SUCCESS;
}

VOID ProtUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
