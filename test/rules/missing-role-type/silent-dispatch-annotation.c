#include <ntddk.h>

_Dispatch_type_(IRP_MJ_CREATE)
NTSTATUS OnCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return CompleteRequest(DeviceObject, Irp);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = OnCreate;
    return STATUS_SUCCESS;
}
