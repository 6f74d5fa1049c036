#include <ndis.h>

typedef struct _CONTEXT {
    NDIS_HANDLE ProtocolHandle;
} CONTEXT;

static CONTEXT *Context;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

static CONTEXT *NewContext(VOID)
{
    return (CONTEXT *)ExAllocatePoolZero(NonPagedPoolNx, sizeof(CONTEXT), 'txtC');
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_HANDLE handle;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Context = NewContext();
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = ProtocolUnload;
    status = NdisRegisterProtocolDriver(NULL, &chars, &handle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }
    Context->ProtocolHandle = handle;

Exit:
    if (status != NDIS_STATUS_SUCCESS) {
        ProtocolUnload(DriverObject);
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Context->ProtocolHandle != NULL) {
        NdisDeregisterProtocolDriver(Context->ProtocolHandle);
        Context->ProtocolHandle = NULL;
    }
}
