#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_DETACH FilterDetach;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
#if FILTER_DETACHES
    chars.DetachHandler = FilterDetach;
#endif
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID FilterDetach(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    __try {
        DbgPrint("detached\n");
    } __finally {
        NdisFDeregisterFilterDriver(FilterHandle);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning deregistered-in-wrong-callback: must not be called from 'FilterDetach', a handler in 'DetachHandler'
    }
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
