#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static KMUTEX OpenMutex;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_NET_PNP_EVENT ProtocolPnPEvent;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    chars.NetPnPEventHandler = ProtocolPnPEvent;
    __try {
        status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
        if (!NT_SUCCESS(status)) {
            __leave;
        }
    } __finally {
        KeInitializeMutex(&OpenMutex, 0);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'OpenMutex' is initialized after 'NdisRegisterProtocolDriver' (line 20), but 'ProtocolPnPEvent' uses it and can already run
    }
    return status;
}

NDIS_STATUS ProtocolPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    NDIS_STATUS status;

    KeWaitForSingleObject(&OpenMutex, Executive, KernelMode, FALSE, NULL);
    status = HandleEvent(Context, Event);
    KeReleaseMutex(&OpenMutex, FALSE);
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
